import { readHaproxy } from '../../grammars/haproxy/read.ts';
import { readIpvsadm } from '../../grammars/ipvsadm/read.ts';
import { configIdsOf, type KeepalivedTree, readKeepalived } from '../../grammars/keepalived/read.ts';
import { readNginx } from '../../grammars/nginx/read.ts';
import { readScript } from '../../grammars/script/read.ts';
import { readSysctl } from '../../grammars/sysctl/read.ts';
import type { Source } from '../evidence/source.ts';
import type { Part } from './cluster.ts';
import { isStart } from './commands.ts';
import { proxyFromHaproxy } from './from-haproxy.ts';
import { servicesFromCommands, servicesFromIpvsadm } from './from-ipvsadm.ts';
import { readKeepalivedParts } from './from-keepalived.ts';
import {
  conntrackFrom,
  daemonAmong,
  daemonFrom,
  featuresFrom,
  filesFrom,
  loggedStatesFrom,
  socketsFrom,
  timeoutsFrom,
} from './from-listings.ts';
import { workloadsFrom } from './from-manifest.ts';
import { listsWholeFilter, netfilterFrom } from './from-netfilter.ts';
import { proxyFromNginx } from './from-nginx.ts';
import { linksFrom, policyRulesFrom, routesFrom } from './from-routing.ts';
import { addressesFromIp, statesFromKeepalived } from './from-running.ts';
import { commandsFrom } from './from-script.ts';
import { kernelSettingsFrom } from './from-sysctl.ts';
import { configIdOf } from './nodes.ts';
import type { L7Proxy } from './proxy.ts';

/** What the keepalived.conf files of a host say, as one configuration. */
export function keepalivedParts(
  name: string,
  sources: readonly Source[],
  partial: Map<Part, string>,
  release: string | undefined,
) {
  const trees: KeepalivedTree[] = sources
    .filter(({ format }) => format === 'keepalived.conf')
    .map((source) => {
      const configId = configIdOf(name, configIdsOf(source));
      return readKeepalived(source, { configId, ...(release !== undefined && { release }) });
    });
  if (trees.length === 0) return undefined;
  const {
    globals,
    vrrp,
    syncGroups,
    trackScripts,
    staticAddresses,
    linkDelays,
    services,
    faults,
    partial: why,
  } = readKeepalivedParts(name, trees);
  const unknown = why ?? trees.find(({ source }) => source.rendering?.partial)?.source.rendering?.partial;
  if (unknown !== undefined) for (const part of KEEPALIVED_PARTS) partial.set(part, unknown);
  const parts = {
    vrrp,
    syncGroups,
    trackScripts,
    staticAddresses,
    linkDelays,
    services,
    ...(globals !== undefined && { globals }),
  };
  return { vrrp, faults, parts };
}

/** The services of saved tables: those that a boot restores (written) or those that a kernel had (observed). */
export function tablePart(sources: readonly Source[], basis: Source['basis']) {
  const trees = sources
    .filter((source) => source.format === 'ipvsadm-save' && source.basis === basis)
    .map(readIpvsadm);
  if (trees.length === 0) return undefined;
  const tables = trees.map(servicesFromIpvsadm);
  return {
    services: tables.flatMap(({ services }) => services),
    faults: [...trees.flatMap((tree) => tree.faults), ...tables.flatMap(({ faults }) => faults)],
  };
}

/** What the sysctl files of a host come to, and what a running kernel said. */
export function kernelPart(sources: readonly Source[], partial: Map<Part, string>) {
  const trees = sources.filter(({ format }) => format === 'sysctl').map(readSysctl);
  const unknown = trees.find(({ source }) => source.rendering?.partial)?.source.rendering?.partial;
  if (unknown !== undefined) partial.set('sysctl', unknown);
  return trees.length === 0 ? undefined : kernelSettingsFrom(trees);
}

/** What the set-up scripts of a host do when they start: commands, addresses and services. */
export function scriptPart(name: string, sources: readonly Source[]) {
  const scripts = sources.filter(({ format }) => format === 'script');
  if (scripts.length === 0) return undefined;
  const readings = scripts.map((source) => commandsFrom(readScript(source)));
  const commands = readings.flatMap((reading) => reading.commands);
  const started = commands.filter(isStart);
  const table = servicesFromCommands(
    started.flatMap(({ ipvsadm }) => ipvsadm ?? []),
    name,
    'script',
  );
  return {
    commands,
    scripts: readings.map(({ script }) => script),
    addresses: started.flatMap((command) => (command.does === 'add-address' ? (command.address ?? []) : [])),
    services: table.services,
    faults: [...readings.flatMap(({ faults }) => faults), ...table.faults],
  };
}

/** What a running host shows besides its kernel's keys and its table: only what somebody looked at. */
export function runningParts(sources: readonly Source[]) {
  const of = <T>(
    format: Source['format'],
    read: (source: Source) => T | readonly T[],
  ): readonly T[] | undefined => {
    const texts = sources.filter((source) => source.format === format);
    return texts.length === 0 ? undefined : texts.flatMap(read);
  };
  const liveAddresses = of('ip-address', addressesFromIp);
  const vrrpStates = of('keepalived-json', statesFromKeepalived);
  const loggedStates = of('keepalived-log', loggedStatesFrom);
  const files = of('file-modes', filesFrom);
  const features = of('ethtool-features', featuresFrom);
  const [unit] = of('unit-state', (source) => daemonFrom(source) ?? []) ?? [];
  const [seen] = of('processes', (source) => [daemonAmong(source)]) ?? [];
  // A daemon may run beside its unit, and a unit knows when it loaded its files.
  const daemon = unit && seen ? { ...unit, ...seen } : (seen ?? unit);
  const links = of('ip-link', linksFrom);
  const routes = of('ip-route', routesFrom);
  const policyRules = of('ip-rule', policyRulesFrom);
  const sockets = of('sockets', socketsFrom);
  const [conntrack] = of('conntrack', (source) => conntrackFrom(source) ?? []) ?? [];
  const [runningTimeouts] = of('ipvsadm-listing', (source) => timeoutsFrom(source) ?? []) ?? [];
  const netfilter = netfilterFrom(sources);
  return {
    ...(liveAddresses && { liveAddresses }),
    ...(vrrpStates && { vrrpStates }),
    ...(loggedStates && { loggedStates }),
    ...(files && { files }),
    ...(features && { features }),
    ...(daemon && { daemon }),
    ...(links && { links }),
    ...(routes && { routes }),
    ...(policyRules && { policyRules }),
    ...(sockets && { sockets }),
    ...(conntrack && { conntrack }),
    ...(runningTimeouts && { runningTimeouts }),
    ...(netfilter && { netfilter }),
    ...(listsWholeFilter(sources) && { isFilterListed: true as const }),
  };
}

/** The proxies whose configuration is given; nginx may include files that nobody follows. */
export function proxyPart(name: string, sources: readonly Source[], partial: Map<Part, string>) {
  const proxies = sources.flatMap((source): L7Proxy[] => {
    if (source.format === 'haproxy.cfg') return [proxyFromHaproxy(name, readHaproxy(source))];
    if (source.format !== 'nginx.conf') return [];
    const { proxy, includes } = proxyFromNginx(name, readNginx(source));
    if (includes !== undefined) partial.set('proxies', `${source.name} includes ${includes}`);
    return [proxy];
  });
  return proxies.length === 0 ? {} : { proxies };
}

/** What the manifests of a host run there. */
export function workloadPart(name: string, sources: readonly Source[]) {
  const manifests = sources.filter(({ format }) => format === 'manifest');
  return manifests.length === 0 ? {} : { workloads: workloadsFrom(name, manifests) };
}

const KEEPALIVED_PARTS: readonly Part[] = [
  'globals',
  'vrrp',
  'syncGroups',
  'trackScripts',
  'staticAddresses',
  'linkDelays',
  'services',
];

/** The parts that a text of this format would have filled. */
export function partsOf(format: Source['format'] | undefined, basis?: Source['basis']): readonly Part[] {
  if (format === 'keepalived.conf') return KEEPALIVED_PARTS;
  if (format === 'ipvsadm-save')
    return basis === undefined ? ['services', 'table'] : [basis === 'written' ? 'services' : 'table'];
  if (format === 'sysctl') return ['sysctl'];
  if (format === 'script') return ['commands', 'addresses', 'scripts', 'netfilter'];
  return (format && RUNNING_PARTS[format]) ?? [];
}

const RUNNING_PARTS: { readonly [F in Source['format']]?: readonly Part[] } = {
  manifest: ['workloads'],
  'haproxy.cfg': ['proxies'],
  'nginx.conf': ['proxies'],
  'ip-address': ['liveAddresses', 'addresses'],
  'keepalived-json': ['vrrpStates'],
  'file-modes': ['files'],
  'ethtool-features': ['features'],
  'unit-state': ['daemon'],
  processes: ['daemon'],
  'ip-link': ['links'],
  'ip-route': ['routes'],
  'ip-rule': ['policyRules'],
  sockets: ['sockets'],
  conntrack: ['conntrack'],
  'iptables-save': ['netfilter'],
  'arptables-save': ['netfilter'],
  'nft-ruleset': ['netfilter'],
};
