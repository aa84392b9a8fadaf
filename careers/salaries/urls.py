from django.urls import path, re_path

from . import downloads, views

urlpatterns = [
    path("salaries/", views.explorer, name="salaries"),
    path("salaries/method/", views.method, name="salaries-method"),
    path("salaries/listings/", views.listings, name="salaries-listings"),
    path("salaries/differences/", views.differences, name="salaries-differences"),
    path("salaries/posted-pay/", views.posted_pay, name="posted-pay"),
    path("salaries/posted-pay.csv", downloads.posted_pay_csv, name="posted-pay-csv"),
    path("salaries/figures.csv", downloads.figures_csv, name="salaries-figures"),
    re_path(
        r"^salaries/(?P<chart>[a-z]+)\.(?P<ending>svg|png)$",
        downloads.picture,
        name="salaries-chart",
    ),
    path(
        "salaries/credential/<slug:credential>/",
        views.credential,
        name="salaries-credential",
    ),
    path("salaries/setting/<slug:setting>/", views.setting, name="salaries-setting"),
    path("salaries/<slug:role>/", views.role, name="salaries-role"),
    path("salaries/<slug:role>/<slug:state>/", views.role, name="salaries-role-state"),
]
