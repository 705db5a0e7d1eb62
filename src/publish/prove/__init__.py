"""Stage 5: the finished files hold the source's words and pass the judges of their standards.

`judges.judge_all` asks them all; each judge is a module.
"""
