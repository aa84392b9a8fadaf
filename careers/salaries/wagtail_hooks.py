"""Reports on pay in the admin."""

from django.urls import reverse

from wagtail import hooks

from .reports import LeftOutReport, OfficialWagesReport, ReportItem, report_paths

hooks.register("register_admin_urls", report_paths)


@hooks.register("register_reports_menu_item")
def left_out_menu_item():
    return _item(LeftOutReport, order=100)


@hooks.register("register_reports_menu_item")
def official_wages_menu_item():
    return _item(OfficialWagesReport, order=110)


def _item(report, *, order):
    return ReportItem(
        report.page_title,
        reverse(report.index_url_name),
        name=report.index_url_name.replace("_", "-"),
        icon_name=report.header_icon,
        order=order,
    )
