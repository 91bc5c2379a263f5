"""How many statements an answer took, told in a header. Listed in the settings of the benchmark alone."""

from django.db import connection

HEADER = "X-Bench-Statements"


class _Counter:
    def __init__(self):
        self.statements = 0

    def __call__(self, execute, sql, params, many, context):
        self.statements += 1
        return execute(sql, params, many, context)


def count_statements(get_response):
    def answer(request):
        counter = _Counter()
        with connection.execute_wrapper(counter):
            response = get_response(request)
        response.headers[HEADER] = str(counter.statements)
        return response

    return answer
