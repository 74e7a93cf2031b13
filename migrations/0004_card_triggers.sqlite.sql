-- The cards of a published version never change either: SQLite's half. The same names as in the PostgreSQL half, held by a test.
CREATE TRIGGER lookup_insert BEFORE INSERT ON lookup WHEN (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER lookup_update BEFORE UPDATE ON lookup WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn') OR (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER lookup_delete BEFORE DELETE ON lookup WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
