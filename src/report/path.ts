import type { Source } from '../evidence/source.ts';

/**
 * A source as programs look it up in a repository: a file below `root` by its path from there. What was read of a running
 * host is named as if each host had a folder; a command's output, by the command.
 */
export function pathOf({ name, origin }: Source, root: string): string {
  if (origin.kind !== 'file' || origin.path === '-') return name;
  const folder = root.endsWith('/') ? root : `${root}/`;
  return origin.path.startsWith(folder) ? origin.path.slice(folder.length) : origin.path;
}

/** The same as a URI reference (RFC 3986): relative, so that whoever reads it finds the file in a checkout of its own. */
export function uriOf(source: Source, root: string): string {
  const path = pathOf(source, root);
  const segments = path
    .split('/')
    .map((segment) => encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd')));
  return `${path.startsWith('/') ? 'file://' : ''}${segments.join('/')}`;
}
