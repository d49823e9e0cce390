import { type KeepalivedStatement, readInteger } from '../../grammars/keepalived/read.ts';
import { type Fact, stated, statedBy } from '../evidence/fact.ts';
import { Fields } from './fields.ts';
import type { GlobalSettings, SyncDaemon } from './vrrp.ts';

/** All `global_defs` blocks of a host as one: they add up, the last line of a keyword counts. */
export function readGlobals(
  host: string,
  blocks: readonly KeepalivedStatement[],
): GlobalSettings | undefined {
  const [first] = blocks;
  if (first === undefined) return undefined;
  const fields = new Fields(blocks.flatMap((block) => block.block ?? []));
  // keepalived keeps the first: "has already been specified".
  const syncDaemon = readSyncDaemon(host, fields.all('lvs_sync_daemon')[0]);
  const lvsTimeouts = readTimeouts(fields.last('lvs_timeouts'));
  return {
    id: `${host}/global_defs`,
    label: 'global_defs',
    place: first.place,
    notificationEmail: fields.names('notification_email'),
    other: fields.others(),
    ...defined({
      routerId: fields.text('router_id'),
      strict: fields.flag('vrrp_strict'),
      vrrpVersion: fields.valid('vrrp_version', readVersion),
      scriptUser: fields.text('script_user'),
      scriptSecurity: fields.present('enable_script_security'),
      syncDaemon,
      lvsTimeouts,
      lvsFlush: fields.present('lvs_flush'),
      dynamicInterfaces: fields.present('dynamic_interfaces'),
      defaultInterface: fields.text('default_interface'),
      multicastGroup4: fields.text('vrrp_mcast_group4'),
      multicastGroup6: fields.text('vrrp_mcast_group6'),
      smtpServer: fields.text('smtp_server'),
    }),
  };
}

export function readVersion(text: string): 2 | 3 | undefined {
  return text === '2' ? 2 : text === '3' ? 3 : undefined;
}

/** Leaves out what is undefined: an absent field and an undefined one mean the same here. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) out[name] = value;
  return out as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** `lvs_sync_daemon IF [[inst] INSTANCE] [id N] [maxlen N] [port N] [ttl N] [group ADDRESS]` (keepalived.conf(5)). */
function readSyncDaemon(host: string, line: KeepalivedStatement | undefined): SyncDaemon | undefined {
  const device = line?.argument(1);
  if (line === undefined || device === undefined) return undefined;
  const named = new Map<string, Fact<string>>();
  let instance: Fact<string> | undefined;
  for (let index = 2; index < line.shape.words.length; index++) {
    const word = line.argument(index) ?? '';
    const value = line.argument(index + 1);
    if (word === 'inst' && index === 2 && value !== undefined) {
      instance = statedBy(value, line, index + 1);
      index++;
    } else if (['id', 'maxlen', 'port', 'ttl', 'group'].includes(word)) {
      if (value !== undefined) named.set(word, statedBy(value, line, index + 1));
      index++;
    } else if (index === 2 && readInteger(word, 0, 255) === undefined) instance = statedBy(word, line, index);
  }
  const number = (name: string) => {
    const text = named.get(name);
    const value = text === undefined ? undefined : readInteger(text.value, 0, 65_535);
    return text === undefined || value === undefined ? undefined : stated(value, text);
  };
  return {
    id: `${host}/lvs_sync_daemon`,
    label: 'lvs_sync_daemon',
    place: line.place,
    interface: statedBy(device, line, 1),
    ...defined({
      instance,
      syncId: number('id'),
      maxLength: number('maxlen'),
      port: number('port'),
      ttl: number('ttl'),
      group: named.get('group'),
    }),
  };
}

/** `lvs_timeouts [tcp N] [tcpfin N] [udp N]` */
function readTimeouts(line: KeepalivedStatement | undefined): GlobalSettings['lvsTimeouts'] {
  if (line === undefined) return undefined;
  const timeouts: { tcp?: number; tcpfin?: number; udp?: number } = {};
  for (let index = 1; index + 1 < line.shape.words.length; index += 2) {
    const name = line.argument(index);
    const value = readInteger(line.argument(index + 1) ?? '', 0, 2_678_400);
    if (value !== undefined && (name === 'tcp' || name === 'tcpfin' || name === 'udp'))
      timeouts[name] = value;
  }
  return stated(timeouts, line);
}
