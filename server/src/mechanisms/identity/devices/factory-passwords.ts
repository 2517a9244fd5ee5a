/** Passwords with which cameras, recorders, switches and computers leave the factory or the hands of installers; compared without regard to case. */
const known = [
  '', 'admin', 'admin1', 'admin12', 'admin123', 'admin1234', 'admin12345', 'admin123456', 'admin@123', 'admin123!', 'admin888', 'adminadmin', 'administrator',
  '1', '12', '123', '1234', '12345', '123456', '1234567', '12345678', '123456789', '1234567890', '111111', '000000', '0000', '1111', '666666', '888888', '88888888', '654321', '4321', '9999',
  'hik12345', 'hik12345+', 'hikvision', 'dahua', 'dahua123', 'abc12345', 'abcd1234', 'a1234567', 'a12345678', 'aa123456', 'tlJwpbo6', 'xmhdipc', 'xc3511', 'juantech', 'jvbzd', 'anko', 'vizxv', 'klv123', 'klv1234', 'hi3518', 'ikwb', 'meinsm',
  'root', 'root123', 'toor', 'pass', 'password', 'passwd', 'pass123', 'password1', 'p@ssw0rd', 'user', 'guest', 'support', 'service', 'supervisor', 'tech', 'system', 'default', 'camera', 'ubnt', 'fliradmin', 'wbox', 'ipcam', 'ikb', 'smcadmin',
  'cisco', 'huawei', 'huawei@123', 'admin@huawei', 'admin@huawei.com', 'changeme_123', 'h3c', 'h3capadmin', 'ruijie', 'tplink', 'netgear', 'public', 'private', 'manager', 'uniview', '123456hj', 'qwerty', 'qwer1234', 'woaini',
].map((word) => word.toLowerCase());

const all: ReadonlySet<string> = new Set(known);
export const isFactoryPassword = (password: string): boolean => all.has(password.normalize('NFKC').trim().toLowerCase());
