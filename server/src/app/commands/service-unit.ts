/** The systemd unit of a room: pure, so that it can be read before it is installed. */
export interface UnitOptions {
  node: string;
  /** Folder of the program, with dist/ built. */
  program: string;
  dataFolder: string;
  settingsFile: string;
  port: number;
}

export const serviceUser = 'vigil';

/** systemd splits at spaces and expands % and $ in its own way. */
const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;
const path = (text: string): string => text.replaceAll('%', '%%').replaceAll(' ', '\\x20');

export const serviceUnit = ({ node, program, dataFolder, settingsFile, port }: UnitOptions): string => `[Unit]
Description=Vigil 值守 CCTV monitoring room
Wants=network-online.target
After=network-online.target local-fs.target

[Service]
Type=exec
User=${serviceUser}
Group=${serviceUser}
WorkingDirectory=${path(program)}
Environment=${quoted(`VIGIL_DATA=${dataFolder}`)}
# Further settings (HOST, PORT, VIGIL_ORIGIN, VIGIL_DATABASE_URL ...), readable by root and ${serviceUser} alone.
EnvironmentFile=-${path(settingsFile)}
ExecStart=${quoted(node)} ${quoted(`${program}/dist/server/src/app/supervisor/main.js`)}
# The supervisor ends its processes in order; only what is left after that is killed.
KillMode=mixed
TimeoutStopSec=90
Restart=always
RestartSec=2
LimitNOFILE=65536
OOMScoreAdjust=-200
UMask=0077

NoNewPrivileges=yes
CapabilityBoundingSet=${port < 1024 ? 'CAP_NET_BIND_SERVICE' : ''}
AmbientCapabilities=${port < 1024 ? 'CAP_NET_BIND_SERVICE' : ''}
# full and not strict: footage may lie on any disk that was given to ${serviceUser}.
ProtectSystem=full
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectHostname=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
SystemCallArchitectures=native

[Install]
WantedBy=multi-user.target
`;
