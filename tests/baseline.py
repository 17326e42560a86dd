"""What a database holds before a test, remembered so that a test that commits can put it back.

Stock Django truncates every table instead: what migrations wrote would be gone for the tests after it,
append-only tables would refuse, and permissions would be made anew each time.
"""

import shutil
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from guardian.shortcuts import clear_ct_cache

REMEMBER = """
DROP SCHEMA IF EXISTS baseline CASCADE;
CREATE SCHEMA baseline;
CREATE TABLE baseline._marks (name text PRIMARY KEY, rows bigint, newest bigint);
DO $$ DECLARE t text; filled boolean; BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations' LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', t) INTO filled;
    IF filled THEN
      EXECUTE format('CREATE TABLE baseline.%I AS TABLE public.%I', t, t);
      EXECUTE format('INSERT INTO baseline._marks SELECT %L, count(*), max(xmin::text::bigint) FROM public.%I', t, t);
    END IF;
  END LOOP;
END $$
"""
# A table whose number of rows and newest row version are as marked is as it was; replica mode silences triggers
# and foreign keys. A test that loads rows with their numbers may have set a sequence back: it goes on after them.
RESTORE = """
SET session_replication_role = replica;
DO $$ DECLARE t text; numbers text; mark baseline._marks; now baseline._marks; BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations' LOOP
    SELECT * INTO mark FROM baseline._marks WHERE name = t;
    IF mark.name IS NULL THEN
      EXECUTE format('DELETE FROM public.%I', t);
      CONTINUE;
    END IF;
    EXECUTE format('SELECT %L, count(*), max(xmin::text::bigint) FROM public.%I', t, t) INTO now;
    IF now IS DISTINCT FROM mark THEN
      EXECUTE format('DELETE FROM public.%I', t);
      EXECUTE format('INSERT INTO public.%I SELECT * FROM baseline.%I', t, t);
      EXECUTE format('UPDATE baseline._marks SET newest = (SELECT max(xmin::text::bigint) FROM public.%I)
                      WHERE name = %L', t, t);
      IF EXISTS (SELECT 1 FROM information_schema.columns
                 WHERE table_schema = 'public' AND table_name = t AND column_name = 'id') THEN
        numbers := pg_get_serial_sequence(format('public.%I', t), 'id');
        IF numbers IS NOT NULL THEN
          EXECUTE format('SELECT setval(%L, greatest(max(id), (SELECT last_value FROM %s))) FROM public.%I',
                         numbers, numbers, t);
        END IF;
      END IF;
    END IF;
  END LOOP;
END $$;
RESET session_replication_role
"""


def remember() -> None:
    """Keep a copy of every filled table; on SQLite of the file."""
    if connection.vendor == "sqlite":
        connection.close()
        shutil.copyfile(_file(), _copy())
        return
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER)


def restore() -> None:
    """Put back what was remembered and empty every other table; on SQLite put back the file.

    A test that flushed the database has made content types anew: the numbers cached of them go too.
    """
    ContentType.objects.clear_cache()
    clear_ct_cache()
    if connection.vendor == "sqlite":
        connection.close()
        for ending in ("-wal", "-shm"):
            Path(f"{_file()}{ending}").unlink(missing_ok=True)
        shutil.copyfile(_copy(), _file())
        return
    with connection.cursor() as cursor:
        cursor.execute(RESTORE)


def _file() -> str:
    return str(connection.settings_dict["NAME"])


def _copy() -> str:
    return f"{_file()}.baseline"
