-- How a camera's pictures come: within its connection or as packets of their own; and, over TLS, by which certificate it is known.
alter table video.cameras add column transport text not null default 'tcp' check (transport in ('tcp', 'udp'));
comment on column video.cameras.transport is 'tcp: pictures come within the RTSP connection; udp: as packets of their own, of which some may be lost';
alter table video.cameras add column tls_fingerprint text check (tls_fingerprint ~ '^[0-9a-f]{64}$');
comment on column video.cameras.tls_fingerprint is 'SHA-256 of the certificate that an rtsps:// camera must show, 64 hexadecimal digits; null: one that this machine trusts';
