-- A published version never changes, whoever asks: SQLite's half. The same names as in the PostgreSQL half, held by a test.

-- The one change left to a published version is that it is withdrawn.
CREATE TRIGGER version_update BEFORE UPDATE ON version
WHEN OLD.state IN ('published', 'withdrawn') AND NOT (OLD.state = 'published' AND NEW.state = 'withdrawn'
    AND NEW.id IS NOT DISTINCT FROM OLD.id
    AND NEW.tree_id IS NOT DISTINCT FROM OLD.tree_id
    AND NEW.number IS NOT DISTINCT FROM OLD.number
    AND NEW.format IS NOT DISTINCT FROM OLD.format
    AND NEW.slug IS NOT DISTINCT FROM OLD.slug
    AND NEW.title IS NOT DISTINCT FROM OLD.title
    AND NEW.summary IS NOT DISTINCT FROM OLD.summary
    AND NEW.products IS NOT DISTINCT FROM OLD.products
    AND NEW.applies_to IS NOT DISTINCT FROM OLD.applies_to
    AND NEW.ladder IS NOT DISTINCT FROM OLD.ladder
    AND NEW.owner IS NOT DISTINCT FROM OLD.owner
    AND NEW.reviewed IS NOT DISTINCT FROM OLD.reviewed
    AND NEW.review_by IS NOT DISTINCT FROM OLD.review_by
    AND NEW.symptoms IS NOT DISTINCT FROM OLD.symptoms
    AND NEW.start_node IS NOT DISTINCT FROM OLD.start_node
    AND NEW.digest IS NOT DISTINCT FROM OLD.digest
    AND NEW.summary_of_change IS NOT DISTINCT FROM OLD.summary_of_change
    AND NEW.created_at IS NOT DISTINCT FROM OLD.created_at
    AND NEW.published_at IS NOT DISTINCT FROM OLD.published_at)
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;

CREATE TRIGGER version_delete BEFORE DELETE ON version WHEN OLD.state IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;

CREATE TRIGGER version_ladder_insert BEFORE INSERT ON version_ladder WHEN (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER version_ladder_update BEFORE UPDATE ON version_ladder WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn') OR (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER version_ladder_delete BEFORE DELETE ON version_ladder WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;

CREATE TRIGGER version_jump_insert BEFORE INSERT ON version_jump WHEN (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER version_jump_update BEFORE UPDATE ON version_jump WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn') OR (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER version_jump_delete BEFORE DELETE ON version_jump WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;

CREATE TRIGGER node_insert BEFORE INSERT ON node WHEN (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER node_update BEFORE UPDATE ON node WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn') OR (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER node_delete BEFORE DELETE ON node WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;

CREATE TRIGGER question_insert BEFORE INSERT ON question WHEN (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER question_update BEFORE UPDATE ON question WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn') OR (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER question_delete BEFORE DELETE ON question WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;

CREATE TRIGGER branch_insert BEFORE INSERT ON branch WHEN (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER branch_update BEFORE UPDATE ON branch WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn') OR (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER branch_delete BEFORE DELETE ON branch WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;

CREATE TRIGGER mark_insert BEFORE INSERT ON mark WHEN (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER mark_update BEFORE UPDATE ON mark WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn') OR (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER mark_delete BEFORE DELETE ON mark WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;

CREATE TRIGGER outcome_insert BEFORE INSERT ON outcome WHEN (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER outcome_update BEFORE UPDATE ON outcome WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn') OR (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER outcome_delete BEFORE DELETE ON outcome WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;

CREATE TRIGGER procedure_insert BEFORE INSERT ON procedure WHEN (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER procedure_update BEFORE UPDATE ON procedure WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn') OR (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER procedure_delete BEFORE DELETE ON procedure WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;

CREATE TRIGGER step_insert BEFORE INSERT ON step WHEN (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER step_update BEFORE UPDATE ON step WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn') OR (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER step_delete BEFORE DELETE ON step WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;

CREATE TRIGGER reference_insert BEFORE INSERT ON reference WHEN (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER reference_update BEFORE UPDATE ON reference WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn') OR (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER reference_delete BEFORE DELETE ON reference WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;

CREATE TRIGGER jump_insert BEFORE INSERT ON jump WHEN (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER jump_update BEFORE UPDATE ON jump WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn') OR (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER jump_delete BEFORE DELETE ON jump WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;

CREATE TRIGGER tree_case_insert BEFORE INSERT ON tree_case WHEN (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER tree_case_update BEFORE UPDATE ON tree_case WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn') OR (SELECT state FROM version WHERE id = NEW.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER tree_case_delete BEFORE DELETE ON tree_case WHEN (SELECT state FROM version WHERE id = OLD.version_id) IN ('published', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;

-- A sealed revision of a ladder stays as it is; sealing is the last change.
CREATE TRIGGER ladder_update BEFORE UPDATE ON ladder WHEN OLD.sealed = 1
BEGIN SELECT RAISE(ABORT, 'a sealed ladder revision never changes'); END;
CREATE TRIGGER ladder_delete BEFORE DELETE ON ladder WHEN OLD.sealed = 1
BEGIN SELECT RAISE(ABORT, 'a sealed ladder revision never changes'); END;
CREATE TRIGGER ladder_release_insert BEFORE INSERT ON ladder_release WHEN (SELECT sealed FROM ladder WHERE key = NEW.ladder_key AND revision = NEW.ladder_revision) = 1
BEGIN SELECT RAISE(ABORT, 'a sealed ladder revision never changes'); END;
CREATE TRIGGER ladder_release_update BEFORE UPDATE ON ladder_release WHEN (SELECT sealed FROM ladder WHERE key = OLD.ladder_key AND revision = OLD.ladder_revision) = 1 OR (SELECT sealed FROM ladder WHERE key = NEW.ladder_key AND revision = NEW.ladder_revision) = 1
BEGIN SELECT RAISE(ABORT, 'a sealed ladder revision never changes'); END;
CREATE TRIGGER ladder_release_delete BEFORE DELETE ON ladder_release WHEN (SELECT sealed FROM ladder WHERE key = OLD.ladder_key AND revision = OLD.ladder_revision) = 1
BEGIN SELECT RAISE(ABORT, 'a sealed ladder revision never changes'); END;
