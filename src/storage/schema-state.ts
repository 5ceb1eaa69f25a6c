/** Creates the table of the schema's steps that were done. */
export const stepTable = 'CREATE TABLE IF NOT EXISTS schema_migration (number BIGINT NOT NULL, PRIMARY KEY (number))'
/** The number of the newest one as `n`. */
export const newestStep = 'SELECT max(number) AS n FROM schema_migration'
/** Records a step. */
export const recordStep = 'INSERT INTO schema_migration (number) VALUES (?) ON CONFLICT DO NOTHING'

/** Creates the table in which newer versions say from which schema on servers may use the data; data of old versions has none. */
export const usableTable = 'CREATE TABLE IF NOT EXISTS schema_usable_from (number BIGINT NOT NULL, PRIMARY KEY (number))'
/** What the newest version said, as `n`. */
export const newestUsable = 'SELECT max(number) AS n FROM schema_usable_from'
/** Says it. */
export const recordUsable = 'INSERT INTO schema_usable_from (number) VALUES (?) ON CONFLICT DO NOTHING'
