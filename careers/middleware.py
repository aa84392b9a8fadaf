"""Middleware of the whole site."""

from django.conf import settings
from django.middleware.csp import ContentSecurityPolicyMiddleware as Policy


class ContentSecurityPolicyMiddleware(Policy):
    """Django's policy, with the admin's own where Wagtail needs inline scripts."""

    def process_response(self, request, response):
        if request.path.startswith("/admin/"):
            response._csp_config = settings.ADMIN_CSP
        return super().process_response(request, response)
