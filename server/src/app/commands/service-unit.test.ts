/** The unit runs the room as an ordinary account, closed in, and systemd itself reads it without complaint. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { serviceUnit } from './service-unit.ts';

const options = { node: process.execPath, program: '/opt/vigil', dataFolder: '/var/lib/vigil/room', settingsFile: '/etc/vigil/vigil.env', port: 8480 };

test('the room runs as vigil, gains no rights, and is ended by its supervisor', () => {
  const lines = serviceUnit(options).split('\n');
  for (const line of ['User=vigil', 'NoNewPrivileges=yes', 'CapabilityBoundingSet=', 'ProtectSystem=full', 'UMask=0077', 'KillMode=mixed', 'Restart=always']) expect(lines).toContain(line);
});

test('only a port below 1024 brings one capability', () => {
  expect(serviceUnit({ ...options, port: 443 })).toContain('AmbientCapabilities=CAP_NET_BIND_SERVICE\n');
  expect(serviceUnit(options)).not.toContain('CAP_NET_BIND_SERVICE');
});

test('no password of a database stands in the unit, which everybody may read', () => {
  expect(serviceUnit(options)).not.toMatch(/^Environment=.*DATABASE/m);
});

test('every line is a section, a setting or a comment, and systemd, where it is, finds nothing wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-unit-'));
  const file = join(folder, 'vigil.service');
  const unit = serviceUnit({ ...options, program: folder, dataFolder: '/srv/监控 room/100%' });
  expect(unit.split('\n').filter((line) => !/^(\[[A-Z][a-z]+\]|[A-Z][A-Za-z]+=.*|#.*|)$/.test(line))).toEqual([]);
  expect(unit).toContain('"VIGIL_DATA=/srv/监控 room/100%%"');
  writeFileSync(file, unit);
  const done = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true, force: true });
  const complaints = done.error === undefined ? done.stderr.split('\n').filter((line) => line.includes('vigil.service') && !/not executable|No such file/.test(line)) : [];
  expect(complaints).toEqual([]);
});
