-- Many cameras take their password inside the address (…/user=admin_password=x, …?password=x): the whole address is sealed like the password,
-- and only what people may see of it stays in clear. Rows from before are sealed by the server at its next start: the key is not in the database.
alter table video.cameras rename column url to shown_url;
alter table video.cameras add column address_sealed bytea check (length(address_sealed) > 28);
comment on column video.cameras.shown_url is 'RTSP address as people see it: no credentials, values that may be a password masked by ***';
comment on column video.cameras.address_sealed is 'Whole RTSP address, AES-256-GCM under the key of the passwords (28 bytes of nonce and tag, then the address); null only until the first start of the server after this column came';
