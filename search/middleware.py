"""Middleware of search."""

from .engines.guarded import answering


class SearchTimingMiddleware:
    """Tell operators which engine answered and how long it took, in a header.

    `Server-Timing: search;desc="elasticsearch";dur=12.3`, an entry for each question
    that the page put. Browsers show it beside the request's own times.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with answering() as turns:
            response = self.get_response(request)
        if turns:
            response["Server-Timing"] = ", ".join(
                f'search;desc="{name}";dur={1000 * seconds:.1f}'
                for name, seconds in turns
            )
        return response
