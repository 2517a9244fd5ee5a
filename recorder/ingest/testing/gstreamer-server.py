#!/usr/bin/python3
"""An RTSP server that is not ours (GStreamer's), for tests: serves the video of one MP4 file at /stream.

gstreamer-server.py FILE h264|h265 [--user U --password P] [--cert FILE --key FILE]
Prints the port when it listens; ends when its standard input ends.
"""
import argparse
import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

arguments = argparse.ArgumentParser()
arguments.add_argument("file")
arguments.add_argument("codec", choices=["h264", "h265"])
arguments.add_argument("--user")
arguments.add_argument("--password")
arguments.add_argument("--cert")
arguments.add_argument("--key")
given = arguments.parse_args()

Gst.init(None)
factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch(f'( filesrc location="{given.file}" ! qtdemux ! {given.codec}parse ! rtp{given.codec}pay name=pay0 pt=96 config-interval=-1 )')

server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service("0")
if given.user is not None or given.cert is not None:
    auth = GstRtspServer.RTSPAuth()
    if given.cert is not None:
        auth.set_tls_certificate(Gio.TlsCertificate.new_from_files(given.cert, given.key))
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", "media.factory.access", True)
    permissions.add_permission_for_role("viewer", "media.factory.construct", True)
    factory.set_permissions(permissions)
    if given.user is None:
        auth.set_default_token(token)
    else:
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(given.user, given.password, token)
    server.set_auth(auth)
server.get_mount_points().add_factory("/stream", factory)
server.attach(None)
print(server.get_bound_port(), flush=True)

loop = GLib.MainLoop()
GLib.io_add_watch(GLib.IOChannel.unix_new(0), GLib.PRIORITY_DEFAULT, GLib.IOCondition.HUP | GLib.IOCondition.IN, lambda *_: loop.quit())
loop.run()
