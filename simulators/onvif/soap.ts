/** The SOAP that a small ONVIF device speaks: what it answers to the few questions that a recorder asks. */

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const namespaces = [
  's="http://www.w3.org/2003/05/soap-envelope"', 'tds="http://www.onvif.org/ver10/device/wsdl"', 'trt="http://www.onvif.org/ver10/media/wsdl"', 'tptz="http://www.onvif.org/ver20/ptz/wsdl"',
  'tt="http://www.onvif.org/ver10/schema"', 'ter="http://www.onvif.org/ver10/error"', 'wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing"', 'd="http://schemas.xmlsoap.org/ws/2005/04/discovery"', 'dn="http://www.onvif.org/ver10/network/wsdl"',
].map((one) => `xmlns:${one}`).join(' ');

export const envelope = (body: string, header = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?><s:Envelope ${namespaces}>${header === '' ? '' : `<s:Header>${header}</s:Header>`}<s:Body>${body}</s:Body></s:Envelope>`;

export const fault = (subcode: string, reason: string): string =>
  envelope(`<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:${subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">${reason}</s:Text></s:Reason></s:Fault>`);

export const dateAndTime = (now: Date): string =>
  envelope(
    `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>Manual</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings><tt:UTCDateTime>` +
    `<tt:Time><tt:Hour>${now.getUTCHours()}</tt:Hour><tt:Minute>${now.getUTCMinutes()}</tt:Minute><tt:Second>${now.getUTCSeconds()}</tt:Second></tt:Time>` +
    `<tt:Date><tt:Year>${now.getUTCFullYear()}</tt:Year><tt:Month>${now.getUTCMonth() + 1}</tt:Month><tt:Day>${now.getUTCDate()}</tt:Day></tt:Date>` +
    `</tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`,
  );

export interface Services {
  media: boolean;
  ptz: boolean;
}

const service = (address: string, namespace: string): string =>
  `<tds:Service><tds:Namespace>${namespace}</tds:Namespace><tds:XAddr>${address}</tds:XAddr><tds:Version><tt:Major>2</tt:Major><tt:Minor>6</tt:Minor></tds:Version></tds:Service>`;

export const services = (address: string, { media, ptz }: Services): string =>
  envelope(
    `<tds:GetServicesResponse>${service(address, 'http://www.onvif.org/ver10/device/wsdl')}${media ? service(address, 'http://www.onvif.org/ver10/media/wsdl') : ''}` +
    `${ptz ? service(address, 'http://www.onvif.org/ver20/ptz/wsdl') : ''}${service(address, 'http://www.onvif.org/ver10/events/wsdl')}</tds:GetServicesResponse>`,
  );

export const deviceInformation = (manufacturer: string, model: string): string =>
  envelope(
    `<tds:GetDeviceInformationResponse><tds:Manufacturer>${escape(manufacturer)}</tds:Manufacturer><tds:Model>${escape(model)}</tds:Model><tds:FirmwareVersion>5.6.1</tds:FirmwareVersion>` +
    `<tds:SerialNumber>SIM0001</tds:SerialNumber><tds:HardwareId>1</tds:HardwareId></tds:GetDeviceInformationResponse>`,
  );

export interface Profile {
  token: string;
  name: string;
  url: string;
  width: number;
  height: number;
  framesPerSecond: number;
}

const profile = ({ token, name, width, height, framesPerSecond }: Profile, ptz: boolean): string =>
  `<trt:Profiles token="${token}" fixed="true"><tt:Name>${escape(name)}</tt:Name><tt:VideoSourceConfiguration token="vsc"><tt:Name>vsc</tt:Name><tt:UseCount>2</tt:UseCount><tt:SourceToken>source_1</tt:SourceToken>` +
  `<tt:Bounds x="0" y="0" width="1920" height="1080"/></tt:VideoSourceConfiguration><tt:VideoEncoderConfiguration token="vec_${token}"><tt:Name>vec</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>H264</tt:Encoding>` +
  `<tt:Resolution><tt:Width>${width}</tt:Width><tt:Height>${height}</tt:Height></tt:Resolution><tt:Quality>4</tt:Quality><tt:RateControl><tt:FrameRateLimit>${framesPerSecond}</tt:FrameRateLimit>` +
  `<tt:EncodingInterval>1</tt:EncodingInterval><tt:BitrateLimit>4096</tt:BitrateLimit></tt:RateControl></tt:VideoEncoderConfiguration>` +
  `${ptz ? '<tt:PTZConfiguration token="ptz"><tt:Name>ptz</tt:Name><tt:UseCount>1</tt:UseCount><tt:NodeToken>node</tt:NodeToken></tt:PTZConfiguration>' : ''}</trt:Profiles>`;

export const profiles = (all: readonly Profile[], ptz: boolean): string => envelope(`<trt:GetProfilesResponse>${all.map((one) => profile(one, ptz)).join('')}</trt:GetProfilesResponse>`);

export const videoSources = (): string =>
  envelope('<trt:GetVideoSourcesResponse><trt:VideoSources token="source_1"><tt:Framerate>25</tt:Framerate><tt:Resolution><tt:Width>1920</tt:Width><tt:Height>1080</tt:Height></tt:Resolution></trt:VideoSources></trt:GetVideoSourcesResponse>');

export const streamUri = (url: string): string =>
  envelope(`<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>${escape(url)}</tt:Uri><tt:InvalidAfterConnect>false</tt:InvalidAfterConnect><tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout></trt:MediaUri></trt:GetStreamUriResponse>`);

export interface Turn {
  pan: number;
  tilt: number;
  zoom: number;
}

export const ptzStatus = ({ pan, tilt, zoom }: Turn, now: Date): string =>
  envelope(
    `<tptz:GetStatusResponse><tptz:PTZStatus><tt:Position><tt:PanTilt x="${pan}" y="${tilt}"/><tt:Zoom x="${zoom}"/></tt:Position>` +
    `<tt:MoveStatus><tt:PanTilt>IDLE</tt:PanTilt><tt:Zoom>IDLE</tt:Zoom></tt:MoveStatus><tt:UtcTime>${now.toISOString()}</tt:UtcTime></tptz:PTZStatus></tptz:GetStatusResponse>`,
  );

export const ptzDone = (question: string): string => envelope(`<tptz:${question}Response/>`);

export const probeMatch = ({ relatesTo, uuid, address, name, model }: { relatesTo: string; uuid: string; address: string; name: string; model: string }): string =>
  envelope(
    `<d:ProbeMatches><d:ProbeMatch><wsa:EndpointReference><wsa:Address>urn:uuid:${uuid}</wsa:Address></wsa:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types>` +
    `<d:Scopes>onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/Profile/Streaming onvif://www.onvif.org/Profile/T onvif://www.onvif.org/name/${encodeURIComponent(name)} onvif://www.onvif.org/hardware/${encodeURIComponent(model)}</d:Scopes>` +
    `<d:XAddrs>${address}</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion></d:ProbeMatch></d:ProbeMatches>`,
    `<wsa:RelatesTo>${escape(relatesTo)}</wsa:RelatesTo><wsa:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</wsa:Action>`,
  );
