"""What a WSGI server runs; with a database role that has too much power it does not start."""

from django.core.wsgi import get_wsgi_application

from buckstop import database

database.go_through_pooler()
application = get_wsgi_application()
database.refuse_privileged()
