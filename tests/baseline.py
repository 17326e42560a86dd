"""What a fresh database holds after migrate, remembered so that a test that commits can put it back.

Stock Django truncates every table instead: what migrations wrote would be gone for the tests after it,
append-only tables would refuse, and permissions would be made anew each time.
"""

from django.core.management import call_command
from django.db import connection

from audit import triggers

REMEMBER = """
CREATE SCHEMA IF NOT EXISTS baseline;
DO $$ DECLARE t text; filled boolean; BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', t) INTO filled;
    IF filled THEN EXECUTE format('CREATE TABLE IF NOT EXISTS baseline.%I AS TABLE public.%I', t, t); END IF;
  END LOOP;
END $$
"""
RESTORE = """
SET session_replication_role = replica;
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations' LOOP
    EXECUTE format('DELETE FROM public.%I', t);
    IF to_regclass(format('baseline.%I', t)) IS NOT NULL THEN
      EXECUTE format('INSERT INTO public.%I SELECT * FROM baseline.%I', t, t);
    END IF;
  END LOOP;
END $$;
RESET session_replication_role
"""


def remember() -> None:
    """Keep a copy of every filled table; nothing to do on SQLite, which is flushed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(REMEMBER)


def restore() -> None:
    """Empty every table and put back what was remembered. Replica mode silences triggers and foreign keys."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(RESTORE)
        return
    with triggers.lifted():
        call_command("flush", verbosity=0, interactive=False)
