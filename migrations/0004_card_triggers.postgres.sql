-- The cards of a published version never change either: PostgreSQL's half. The same names as in the SQLite half, held by a test.
CREATE TRIGGER lookup_insert BEFORE INSERT ON lookup FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER lookup_update BEFORE UPDATE ON lookup FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER lookup_delete BEFORE DELETE ON lookup FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
