"""What is done alongside: in a process of its own, whose answer, exception or end comes back to the one that asked.

Each case is a program of its own, for a process of several threads, as pytest's may be, does nothing alongside.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

BEGINNING = """
import os, signal, sys, threading, time
os.sched_getaffinity = lambda _: {0, 1}  # as on a machine of two processors
from publish.alongside import alongside
"""


def said_by(program: str) -> str:
    """What the program prints; it must end well and write nothing else."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", BEGINNING + textwrap.dedent(program)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def test_the_answer_is_that_of_another_process() -> None:
    program = """
        seen = ["before"]
        def work():
            seen.append("in the work")
            return os.getpid(), seen
        with alongside(work) as asked:
            seen.append("after")
            process, told = asked()
        print(process != os.getpid(), told, seen)
    """
    assert said_by(program) == "True ['before', 'in the work'] ['before', 'after']"


@pytest.mark.parametrize(
    "why", ["os.sched_getaffinity = lambda _: {0}", "threading.Thread(target=time.sleep, args=(1,)).start()"]
)
def test_without_a_second_processor_or_beside_another_thread_it_is_done_at_once(why: str) -> None:
    program = f"""
        {why}
        done = []
        def work():
            done.append(os.getpid())
            return done
        with alongside(work) as asked:
            print(done == [os.getpid()], asked() is done)
    """
    assert said_by(program) == "True True"


def test_where_the_system_has_no_room_for_a_process_it_is_done_at_once() -> None:
    program = """
        def refuse():
            raise BlockingIOError(11, "Resource temporarily unavailable")
        os.fork = refuse
        before = set(os.listdir("/proc/self/fd"))
        with alongside(os.getpid) as asked:
            print(asked() == os.getpid(), set(os.listdir("/proc/self/fd")) == before)
    """
    assert said_by(program) == "True True"


def test_an_exception_is_raised_where_the_answer_is_asked_for() -> None:
    program = """
        from publish.diagnostics import Diagnostic, Location, Report
        from publish.errors import BookHasErrors
        report = Report.of([Diagnostic("no-title", Location("book/text/a.md", 1), "there is none")])
        def work():
            raise BookHasErrors(report)
        with alongside(work) as asked:
            try:
                asked()
            except BookHasErrors as error:
                print(error.report == report, "in work\\n" in error.__notes__[0])
    """
    assert said_by(program) == "True True"


def test_nobody_need_ask() -> None:
    program = """
        def work():
            raise ValueError("told to nobody")
        with alongside(work):
            pass
        with alongside(lambda: time.sleep(60)):
            pass
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            print("no child is left")
    """
    assert said_by(program) == "no child is left"


@pytest.mark.parametrize(
    "fate", ["os.kill(os.getpid(), signal.SIGKILL)", "return lambda: 'no pickle of me'", "return Ending()"]
)
def test_what_a_child_could_not_say_is_done_by_its_parent(fate: str) -> None:
    program = f"""
        class Ending:
            def __reduce__(self):
                os._exit(1)
        parent = os.getpid()
        def work():
            if os.getpid() == parent:
                return "done by the parent"
            {fate}
        with alongside(work) as asked:
            print(asked())
    """
    assert said_by(program) == "done by the parent"


def test_half_an_answer_is_none() -> None:
    program = """
        import pickle
        from publish import alongside as module
        class Half(module._Pickler):
            def __init__(self, out, *given):
                super().__init__(out, *given)
                self.out = out
            def dump(self, answer):
                self.out.write(pickle.dumps(answer)[:-5])
        module._Pickler = Half
        parent = os.getpid()
        def work():
            return "done by the parent" if os.getpid() == parent else "x" * 100
        with alongside(work) as asked:
            print(asked())
    """
    assert said_by(program) == "done by the parent"


def test_an_exception_that_cannot_be_made_anew_is_raised_by_the_parent_itself() -> None:
    program = """
        class Odd(Exception):
            def __init__(self, one, two):
                super().__init__(f"{one} and {two}")
        parent = os.getpid()
        def work():
            raise Odd("parent" if os.getpid() == parent else "child", 2)
        with alongside(work) as asked:
            try:
                asked()
            except Odd as error:
                print(error)
    """
    assert said_by(program) == "parent and 2"


def test_a_long_answer_comes_whole() -> None:
    program = """
        with alongside(lambda: "x" * 5_000_000) as asked:
            print(asked() == "x" * 5_000_000)
    """
    assert said_by(program) == "True"


def test_an_interruption_is_the_parents() -> None:
    program = """
        def work():
            time.sleep(0.3)
            return "ended by itself"
        os.setpgid(0, 0)
        with alongside(work) as asked:
            try:
                os.killpg(0, signal.SIGINT)
                time.sleep(10)
            except KeyboardInterrupt:
                print(asked())
    """
    assert said_by(program) == "ended by itself"


def test_the_limit_of_time_is_also_that_of_a_child() -> None:
    program = """
        from dataclasses import replace
        from publish.bounds import bounded
        from publish.errors import LimitExceeded
        from publish.model import STANDARD
        def work():
            while True:
                pass
        try:
            with bounded(replace(STANDARD, time=1)), alongside(work) as asked:
                asked()
        except LimitExceeded as error:
            print(error)
    """
    assert said_by(program).startswith("the book needs more than 1 seconds of the processor, the limit of time")
