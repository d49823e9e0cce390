import { socketText as canonicalSocketText } from './endpoint.ts';
import { isDirect } from './method.ts';
import type { Endpoint, ForwardingMethod, Protocol, RealServer, VirtualService } from './service.ts';

const SERVICE_OPTION: Readonly<Record<Protocol, string>> = { TCP: '-t', UDP: '-u', SCTP: '--sctp-service' };
const METHOD_OPTION: Readonly<Record<ForwardingMethod, string>> = {
  DR: '-g',
  TUN: '-i',
  NAT: '-m',
  FULLNAT: '-b',
};

/** The bit that a flag sets; of `sh` and `mh` the program prints those that have a name only (ipvsadm(8)). */
const FLAG_BITS = ['fallback', 'port', ''];

/**
 * A table as `ipvsadm -S -n` of 1.31 prints it, in the order of the services given. Thresholds are not part of the
 * format. Two things are printed so that `-R` reads them back, which the program itself fails to do: marks above
 * 2147483647, and no `-b` where its only flag has no name.
 */
export function printIpvsadm(services: readonly VirtualService[]): string {
  return services.map(printService).join('');
}

function printService(service: VirtualService): string {
  return service.endpoints
    .map((endpoint) => {
      const target = printTarget(endpoint, service.protocol?.value ?? 'TCP');
      const head = ['-A', target, '-s', service.scheduler.value, ...printOptions(service, endpoint)];
      const servers = service.realServers.map((server) => printServer(server, target, endpoint));
      return [head.join(' '), ...servers, ''].join('\n');
    })
    .join('');
}

function printTarget({ mark, address, port, family, key }: Endpoint, protocol: Protocol): string {
  if (mark !== undefined) return `-f ${mark.value}${family === 6 ? ' -6' : ''}`;
  if (address === undefined || port === undefined)
    return `${SERVICE_OPTION[protocol]} ${key.slice(key.indexOf(' ') + 1)}`;
  return `${SERVICE_OPTION[protocol]} ${socketText(address.value, port.value)}`;
}

function printOptions(service: VirtualService, endpoint: Endpoint): string[] {
  const { persistence, granularity, persistenceEngine, onePacket } = service;
  const options: string[] = [];
  if (persistence !== undefined) {
    options.push('-p', String(persistence.value));
    const whole = endpoint.family === 6 ? '128' : '255.255.255.255';
    if (granularity !== undefined && granularity.value !== whole) options.push('-M', granularity.value);
  }
  if (persistenceEngine !== undefined) options.push('--pe', persistenceEngine.value);
  if (onePacket?.value === true) options.push('-o');
  const flags = printFlags(service);
  return flags === '' ? options : [...options, '-b', flags];
}

function printFlags(service: VirtualService): string {
  const scheduler = service.scheduler.value;
  const hasNames = scheduler === 'sh' || scheduler === 'mh';
  const given = new Set(service.schedulerFlags.map((flag) => flag.value));
  return FLAG_BITS.flatMap((word, at) => {
    const raw = `flag-${at + 1}`;
    if (hasNames && word === '') return [];
    const name = hasNames ? `${scheduler}-${word}` : raw;
    return given.has(raw) || given.has(name) ? [name] : [];
  }).join(',');
}

function printServer(server: RealServer, target: string, endpoint: Endpoint): string {
  const { address, port, method, weight, tunnel } = server;
  const takesServicePort = endpoint.mark === undefined && isDirect(method.value);
  const servicePort = endpoint.port?.value ?? 0;
  const real = socketText(address.value, takesServicePort ? servicePort : (port?.value ?? servicePort));
  const words = ['-a', target, '-r', real, METHOD_OPTION[method.value], '-w', String(weight.value)];
  if (method.value === 'TUN') {
    const type = tunnel?.type.value ?? 'ipip';
    words.push('--tun-type', type);
    if (type === 'gue') words.push('--tun-port', String(tunnel?.port?.value ?? 0));
    if (type !== 'ipip') words.push(`--${tunnel?.checksum?.value ?? 'tun-nocsum'}`);
  }
  return words.join(' ');
}

function socketText(address: string, port: number): string {
  return canonicalSocketText(withDots(address), port);
}

/** inet_ntop(3) writes the last 32 bits with dots where nothing or `ffff` stands before them. */
function withDots(address: string): string {
  const [, before = '', high, low] = /^::(ffff:)?([\da-f]{1,4}):([\da-f]{1,4})$/.exec(address) ?? [];
  if (high === undefined || low === undefined) return address;
  const bytes = [high, low].flatMap((part) => {
    const number = Number.parseInt(part, 16);
    return [number >> 8, number & 0xff];
  });
  return `::${before}${bytes.join('.')}`;
}
