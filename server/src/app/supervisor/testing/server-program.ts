/** A small server for tests of the supervisor: needs the database and the port, says when it is ready, stops on SIGTERM. */
import { createServer } from 'node:http';
import pg from 'pg';
import { exitConfiguration, reportReady } from '../../../platform/process/supervised.ts';

const client = new pg.Client({ connectionString: process.env['VIGIL_DATABASE_URL'] });
client.on('error', () => undefined); // the death of the database is not ours
await client.connect();
await client.query('SELECT count(*) FROM platform.migrations');
if (process.env['VIGIL_TEST_REFUSES'] === '1') process.exit(exitConfiguration);
const seesOwner = process.env['VIGIL_DATABASE_OWNER_URL'] !== undefined || process.env['VIGIL_DATABASE_ADMIN_URL'] !== undefined;
const port = Number(process.env['PORT']);
const server = createServer((_, response) => response.end(JSON.stringify({ pid: process.pid, seesOwner })));
server.listen(port, '127.0.0.1', () => reportReady(`http://localhost:${port}`));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
