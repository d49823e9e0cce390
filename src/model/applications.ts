import { onlyPort } from './ports.ts';
import type { VirtualService } from './service.ts';

/*
 * What is usually spoken on a port (IANA service names, and the ports that the programs themselves take by default).
 * A hint for advice, never proof.
 */

/** Connections that sit idle for a long time and are used again: pools, sessions, queues. */
const IDLING: ReadonlyMap<number, string> = new Map([
  [22, 'SSH'],
  [389, 'LDAP'],
  [636, 'LDAP'],
  [1433, 'SQL Server'],
  [1521, 'Oracle'],
  [1883, 'MQTT'],
  [3306, 'MySQL'],
  [3307, 'MySQL'],
  [3389, 'RDP'],
  [5222, 'XMPP'],
  [5432, 'PostgreSQL'],
  [5672, 'AMQP'],
  [6379, 'Redis'],
  [6432, 'PgBouncer'],
  [6446, 'MySQL'],
  [9092, 'Kafka'],
  [27017, 'MongoDB'],
  [33060, 'MySQL'],
]);

const HTTP = new Set([80, 8000, 8080, 8081, 8888]);
const TLS = new Set([443, 8443]);
/** DNS, DHCP, TFTP, NTP, SNMP, IKE, syslog, RADIUS, NetFlow, STUN, SIP, OpenVPN. */
const DATAGRAMS = new Set([
  53, 67, 68, 69, 123, 161, 162, 500, 514, 1194, 1645, 1646, 1812, 1813, 2055, 3478, 4500, 5060, 6343,
]);
/** SNMP traps, syslog, NetFlow, sFlow: nobody waits for an answer. */
const ONE_WAY = new Set([162, 514, 2055, 6343]);
/** DNS, NTP, syslog, RADIUS: each datagram is a request of its own. */
const SINGLE_DATAGRAMS = new Set([53, 123, 514, 1645, 1646, 1812, 1813]);
const CHECKED_BY_CONTENT: ReadonlyMap<number, string> = new Map([[6443, 'the Kubernetes API']]);

function idlingApplication(port: number | undefined): string | undefined {
  return port === undefined ? undefined : IDLING.get(port);
}

/** The first TCP service whose connections may sit idle for hours. */
export function idlingService(services: readonly VirtualService[]) {
  for (const service of services) {
    const application = service.protocol?.value === 'TCP' ? idlingApplication(onlyPort(service)) : undefined;
    if (application !== undefined) return { service, application };
  }
  return undefined;
}

/** The application that can be hung or read-only although its port accepts connections. */
export function deepApplication(port: number | undefined): string | undefined {
  if (port === undefined) return undefined;
  if (HTTP.has(port)) return 'HTTP';
  return TLS.has(port) ? 'HTTPS' : (CHECKED_BY_CONTENT.get(port) ?? IDLING.get(port));
}

export function speaksHttp(port: number | undefined): boolean {
  return port !== undefined && HTTP.has(port);
}

export function speaksTls(port: number | undefined): boolean {
  return port !== undefined && TLS.has(port);
}

export function speaksDatagrams(port: number | undefined): boolean {
  return port !== undefined && DATAGRAMS.has(port);
}

export function sendsSingleDatagrams(port: number | undefined): boolean {
  return port !== undefined && SINGLE_DATAGRAMS.has(port);
}

export function isOneWay(port: number | undefined): boolean {
  return port !== undefined && ONE_WAY.has(port);
}
