-- New articles go into the full-text index together, before their transaction ends: one by one, the index wrote itself
-- out for each.
DROP TRIGGER body_added;
