import type { KeepalivedStatement, KeepalivedTree } from '../../grammars/keepalived/read.ts';
import type { Fault } from '../../grammars/tree.ts';
import type { Fact } from '../evidence/fact.ts';
import { readGlobals } from './from-keepalived-globals.ts';
import { readService } from './from-keepalived-service.ts';
import { readTrackDefinitions } from './from-keepalived-tracks.ts';
import {
  readInstance,
  readLinkDelay,
  readSyncGroup,
  readTrackScript,
  readVip,
} from './from-keepalived-vrrp.ts';
import { groupBy } from './grouping.ts';
import type { VirtualService } from './service.ts';
import type { GlobalSettings, LinkDelay, SyncGroup, TrackScript, Vip, VrrpInstance } from './vrrp.ts';

/** What the keepalived.conf of one host says. */
export interface KeepalivedParts {
  readonly globals: GlobalSettings | undefined;
  readonly vrrp: readonly VrrpInstance[];
  readonly syncGroups: readonly SyncGroup[];
  readonly trackScripts: readonly TrackScript[];
  /** `static_ipaddress`: held whatever the state. */
  readonly staticAddresses: readonly Fact<Vip>[];
  readonly linkDelays: readonly LinkDelay[];
  readonly services: readonly VirtualService[];
  readonly faults: readonly Fault[];
  readonly partial: string | undefined;
}

/** Lifts the trees of one host's keepalived.conf files, as one configuration. */
export function readKeepalivedParts(host: string, trees: readonly KeepalivedTree[]): KeepalivedParts {
  const statements = trees.flatMap((tree) => tree.statements);
  const blocks = groupBy(statements, ({ keyword }) => keyword);
  const of = (keyword: string) => (blocks.get(keyword) ?? []).filter(({ block }) => block !== undefined);
  const globals = readGlobals(host, of('global_defs'));
  const trackScripts = firstOfName(of('vrrp_script')).map((header) => readTrackScript(host, header));
  const definitions = readTrackDefinitions(of);
  const groups = new Map(
    firstOfName(of('virtual_server_group')).map((header) => [header.argument(1) ?? '', header]),
  );
  return {
    globals,
    trackScripts,
    vrrp: firstOfName(of('vrrp_instance')).map((header) => readInstance(host, header, globals, definitions)),
    syncGroups: firstOfName(of('vrrp_sync_group')).map((header) => readSyncGroup(host, header, definitions)),
    linkDelays: of('interface_up_down_delays').flatMap((header) =>
      (header.block ?? []).flatMap(readLinkDelay),
    ),
    staticAddresses: of('static_ipaddress').flatMap((header) => (header.block ?? []).map(readVip)),
    services: of('virtual_server').flatMap((header) => readService(host, header, groups, definitions) ?? []),
    faults: trees.flatMap((tree) => tree.faults),
    partial: trees.find((tree) => tree.partial !== undefined)?.partial,
  };
}

/** Of two blocks of one name keepalived takes the first; the second is reported as a fault of the text. */
function firstOfName(headers: readonly KeepalivedStatement[]): KeepalivedStatement[] {
  const names = new Set<string>();
  return headers.filter((header) => {
    const name = header.argument(1) ?? '';
    return !names.has(name) && names.add(name);
  });
}
