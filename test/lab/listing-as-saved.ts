import type { Listing } from '../../grammars/listings/read.ts';
import type { ListedServer, ListedService } from '../../grammars/listings/row.ts';

const OPTIONS = { TCP: '-t', UDP: '-u', SCTP: '--sctp-service' };
const METHODS = { NAT: '-m', DR: '-g', TUN: '-i', local: '', bypass: '' };

/** What `ipvsadm -S -n` says of a table that `ipvsadm -L -n --tun-info` lists: both hold the same but for their words. */
export function savedFromListing({ services }: Listing): string {
  return services.map((service) => `${[rule(service), ...servers(service)].join('\n')}\n`).join('');
}

function target({ protocol, address, mark, family }: ListedService): string {
  if (protocol !== undefined) return `${OPTIONS[protocol]} ${address?.text}`;
  return `-f ${mark?.value}${family === 6 ? ' -6' : ''}`;
}

function rule(service: ListedService): string {
  const { scheduler, schedulerFlags, persistence, netmask, persistenceEngine, onePacket } = service;
  const words = ['-A', target(service), '-s', scheduler?.value];
  if (persistence !== undefined) words.push('-p', String(persistence.value));
  if (netmask !== undefined) words.push('-M', netmask.value);
  if (persistenceEngine !== undefined) words.push('--pe', persistenceEngine.value);
  if (onePacket !== undefined) words.push('-o');
  if (schedulerFlags.length > 0) words.push('-b', schedulerFlags.map((flag) => flag.value).join());
  return words.join(' ');
}

function servers(service: ListedService): string[] {
  return service.servers.map((server) => {
    const { address, method, counts } = server;
    const words = ['-a', target(service), '-r', address.text, method && METHODS[method.value], '-w'];
    return [...words, counts.Weight?.value, ...tunnel(server)].join(' ');
  });
}

function tunnel({ tunnel: given }: ListedServer): (string | number)[] {
  if (given === undefined) return [];
  const { value, port, checksum } = given;
  const words = ['--tun-type', value, ...(port === undefined ? [] : ['--tun-port', port])];
  return checksum === undefined ? words : [...words, `--${checksum}`];
}
