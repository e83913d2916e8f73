-- When the owner of a mail address was last asked whether the mails are wanted, by a hash of the address: whoever removes
-- and names it again must not have it asked again.
CREATE TABLE question (
    address TEXT PRIMARY KEY,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
