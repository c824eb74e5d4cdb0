-- A checksum over what is known of an article, so that a flipped bit in a title or an address is
-- found. Empty: to be made before the transaction ends; x'00': made by the next check.
ALTER TABLE article ADD COLUMN seal BLOB NOT NULL DEFAULT x'00';
CREATE INDEX unsealed ON article (id) WHERE seal = x'';

CREATE TRIGGER seal_new AFTER INSERT ON article BEGIN
    UPDATE article SET seal = x'' WHERE id = new.id;
END;
CREATE TRIGGER seal_broken
AFTER UPDATE OF uid, url, title, byline, site, language, excerpt, published_at, added_at ON article
BEGIN
    UPDATE article SET seal = x'' WHERE id = new.id;
END;
