-- A published version never changes, whoever asks: PostgreSQL's half. The same names as in the SQLite half, held by a test.

CREATE FUNCTION refuse_in_published() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP <> 'INSERT' AND (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn') THEN
        RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP <> 'DELETE' AND (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn') THEN
        RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$body$;

-- The one change left to a published version is that it is withdrawn.
CREATE FUNCTION refuse_published() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF OLD.state NOT IN ('published', 'withdrawn') THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'withdrawn'
        AND to_jsonb(NEW) - 'state' - 'withdrawn_at' = to_jsonb(OLD) - 'state' - 'withdrawn_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'restrict_violation';
END
$body$;

CREATE FUNCTION refuse_in_sealed() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP <> 'INSERT' AND (SELECT sealed FROM ladder WHERE key = OLD.ladder_key AND revision = OLD.ladder_revision) = 1 THEN
        RAISE EXCEPTION 'a sealed ladder revision never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP <> 'DELETE' AND (SELECT sealed FROM ladder WHERE key = NEW.ladder_key AND revision = NEW.ladder_revision) = 1 THEN
        RAISE EXCEPTION 'a sealed ladder revision never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$body$;

-- A sealed revision of a ladder stays as it is; sealing is the last change.
CREATE FUNCTION refuse_sealed() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF OLD.sealed = 1 THEN
        RAISE EXCEPTION 'a sealed ladder revision never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$body$;

CREATE TRIGGER version_update BEFORE UPDATE ON version FOR EACH ROW EXECUTE FUNCTION refuse_published();
CREATE TRIGGER version_delete BEFORE DELETE ON version FOR EACH ROW EXECUTE FUNCTION refuse_published();
CREATE TRIGGER version_ladder_insert BEFORE INSERT ON version_ladder FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER version_ladder_update BEFORE UPDATE ON version_ladder FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER version_ladder_delete BEFORE DELETE ON version_ladder FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER version_jump_insert BEFORE INSERT ON version_jump FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER version_jump_update BEFORE UPDATE ON version_jump FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER version_jump_delete BEFORE DELETE ON version_jump FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER node_insert BEFORE INSERT ON node FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER node_update BEFORE UPDATE ON node FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER node_delete BEFORE DELETE ON node FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER question_insert BEFORE INSERT ON question FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER question_update BEFORE UPDATE ON question FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER question_delete BEFORE DELETE ON question FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER branch_insert BEFORE INSERT ON branch FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER branch_update BEFORE UPDATE ON branch FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER branch_delete BEFORE DELETE ON branch FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER mark_insert BEFORE INSERT ON mark FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER mark_update BEFORE UPDATE ON mark FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER mark_delete BEFORE DELETE ON mark FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER outcome_insert BEFORE INSERT ON outcome FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER outcome_update BEFORE UPDATE ON outcome FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER outcome_delete BEFORE DELETE ON outcome FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER procedure_insert BEFORE INSERT ON procedure FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER procedure_update BEFORE UPDATE ON procedure FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER procedure_delete BEFORE DELETE ON procedure FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER step_insert BEFORE INSERT ON step FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER step_update BEFORE UPDATE ON step FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER step_delete BEFORE DELETE ON step FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER reference_insert BEFORE INSERT ON reference FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER reference_update BEFORE UPDATE ON reference FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER reference_delete BEFORE DELETE ON reference FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER jump_insert BEFORE INSERT ON jump FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER jump_update BEFORE UPDATE ON jump FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER jump_delete BEFORE DELETE ON jump FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER tree_case_insert BEFORE INSERT ON tree_case FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER tree_case_update BEFORE UPDATE ON tree_case FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER tree_case_delete BEFORE DELETE ON tree_case FOR EACH ROW EXECUTE FUNCTION refuse_in_published();
CREATE TRIGGER ladder_update BEFORE UPDATE ON ladder FOR EACH ROW EXECUTE FUNCTION refuse_sealed();
CREATE TRIGGER ladder_delete BEFORE DELETE ON ladder FOR EACH ROW EXECUTE FUNCTION refuse_sealed();
CREATE TRIGGER ladder_release_insert BEFORE INSERT ON ladder_release FOR EACH ROW EXECUTE FUNCTION refuse_in_sealed();
CREATE TRIGGER ladder_release_update BEFORE UPDATE ON ladder_release FOR EACH ROW EXECUTE FUNCTION refuse_in_sealed();
CREATE TRIGGER ladder_release_delete BEFORE DELETE ON ladder_release FOR EACH ROW EXECUTE FUNCTION refuse_in_sealed();
