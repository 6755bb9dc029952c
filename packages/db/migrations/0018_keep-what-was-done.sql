CREATE TABLE "audit_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"chain" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"action" text NOT NULL,
	"actor_id" uuid,
	"subject_kind" text NOT NULL,
	"subject_id" uuid,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"row_key" "bytea",
	"mac" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"chain" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"mac" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "audit_entries_chain_seq" ON "audit_entries" USING btree ("chain","seq");--> statement-breakpoint
CREATE INDEX "audit_entries_action" ON "audit_entries" USING btree ("action","id");--> statement-breakpoint
CREATE INDEX "audit_entries_actor_id" ON "audit_entries" USING btree ("actor_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_subject_id" ON "audit_entries" USING btree ("subject_id","id");--> statement-breakpoint
-- Gives an entry its place at the end of its chain and binds it to the one before. The head's row is the lock: whoever
-- appends to the same chain waits here, and then continues from what the other wrote.
CREATE FUNCTION "chain_audit_entry"() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
	last_seq bigint;
	last_mac bytea;
BEGIN
	IF NEW.row_key IS NULL OR length(NEW.row_key) <> 128 THEN
		RAISE EXCEPTION 'an audit entry needs its key' USING ERRCODE = 'invalid_parameter_value';
	END IF;
	INSERT INTO audit_heads AS head (chain, seq, mac) VALUES (NEW.chain, 0, decode(repeat('00', 32), 'hex'))
		ON CONFLICT (chain) DO UPDATE SET seq = head.seq RETURNING seq, mac INTO last_seq, last_mac;
	NEW.seq := last_seq + 1;
	-- HMAC-SHA-256 with its two keys made already: see packages/shared/src/safety/audit-entry.ts.
	NEW.mac := sha256(substring(NEW.row_key FROM 65) || sha256(substring(NEW.row_key FOR 64) || last_mac || convert_to(
		concat_ws(E'\n', NEW.seq, NEW.id, NEW.chain, NEW.action, coalesce(NEW.actor_id::text, '-'), NEW.subject_kind,
			coalesce(NEW.subject_id::text, '-'), to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
			NEW.detail::text), 'UTF8')));
	NEW.row_key := NULL;
	UPDATE audit_heads SET seq = NEW.seq, mac = NEW.mac WHERE chain = NEW.chain;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'the audit log is only appended to' USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
-- A head moves with an entry or not at all: the trigger above is the only one that may reach it.
CREATE FUNCTION "guard_audit_head"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF pg_trigger_depth() < 2 THEN
		RAISE EXCEPTION 'the audit log is only appended to' USING ERRCODE = 'insufficient_privilege';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER "audit_entries_chain" BEFORE INSERT ON "audit_entries"
	FOR EACH ROW EXECUTE FUNCTION chain_audit_entry();--> statement-breakpoint
CREATE TRIGGER "audit_entries_refuse" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entries"
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();--> statement-breakpoint
CREATE TRIGGER "audit_heads_guard" BEFORE INSERT OR UPDATE ON "audit_heads"
	FOR EACH ROW EXECUTE FUNCTION guard_audit_head();--> statement-breakpoint
CREATE TRIGGER "audit_heads_refuse" BEFORE DELETE OR TRUNCATE ON "audit_heads"
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
