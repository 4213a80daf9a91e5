"""What a WSGI server runs."""

from django.core.wsgi import get_wsgi_application

from buckstop import database

database.go_through_pooler()
application = get_wsgi_application()
