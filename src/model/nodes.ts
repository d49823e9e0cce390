import { configIdsOf, exceptsNodes } from '../../grammars/keepalived/read.ts';
import type { Source } from '../evidence/source.ts';

/** A shared file may tell many nodes apart; more of them than this are not judged one by one. */
const MAX_CONFIG_IDS = 16;

/** The texts of each node. A file with `@id` lines serves several: its host where it names that, else a node for each id. */
export function textsByNode(sources: readonly Source[]): ReadonlyMap<string, readonly Source[]> {
  const hosts = new Set(sources.filter(isKeepalived).map(({ host }) => host));
  const nodes = new Map<string, Source[]>();
  for (const source of sources)
    for (const name of nodesOf(source, hosts)) {
      const texts = nodes.get(name);
      if (texts === undefined) nodes.set(name, [source]);
      else if (name === source.host || !isCopy(source, texts)) texts.push(source);
    }
  return nodes;
}

/**
 * The id under which a node reads its file: its name, by default without the domain (keepalived(8), --config-id). The
 * folder in front of a name only tells two hosts of one name apart.
 */
export function configIdOf(node: string, ids: readonly string[]): string {
  const name = node.slice(node.lastIndexOf('/') + 1);
  if (ids.includes(name) || /^[\d.]+$/.test(name)) return name;
  return name.split('.', 1)[0] ?? name;
}

function nodesOf(source: Source, hosts: ReadonlySet<string>): readonly string[] {
  const ids = isKeepalived(source) ? configIdsOf(source) : [];
  if (ids.length === 0 || ids.includes(configIdOf(source.host, ids))) return [source.host];
  // An id that another file's host bears is spoken for.
  const others = ids.filter((id) => !hosts.has(id)).slice(0, MAX_CONFIG_IDS);
  // `@one` and `@^one`: there is a second node, whatever its name.
  const isOther = others.length === 0 || (ids.length === 1 && exceptsNodes(source));
  return isOther ? [...others, source.host] : others;
}

/** A file for all nodes that was taken from each of them is one file: what two nodes hold cannot clash on one. */
function isCopy(source: Source, others: readonly Source[]): boolean {
  return others.some(({ name, host, format }) => {
    if (format !== source.format || host === source.host) return false;
    return fileName(name) === fileName(source.name);
  });
}

function isKeepalived({ format }: Source): boolean {
  return format === 'keepalived.conf';
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
