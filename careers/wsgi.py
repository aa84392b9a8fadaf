import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings.production")
application = get_wsgi_application()

# What is loaded stays. A full collection would walk all of it, the objects of every
# module, which takes about 150 ms in the midst of a request.
gc.freeze()
