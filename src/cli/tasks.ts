import { join } from 'node:path';
import { clusterFoldersIn } from '../collect/cluster-folders.ts';
import type { FileRequest } from '../collect/collection.ts';
import { localDisk } from '../collect/files.ts';
import type { Severity } from '../judge/finding.ts';
import type { Target } from '../model/cluster.ts';
import { mistakes } from './catalogue.ts';
import { loadSettings, SETTINGS_NAME, type Settings } from './settings.ts';
import type { Task } from './task.ts';

/** What the command line says before any settings. */
interface Said {
  readonly target: Target;
  readonly failOn: Severity | undefined;
  /** The settings of each cluster's own are read: no others were asked for. */
  readonly ownSettings: boolean;
}

/**
 * One task for each cluster: as a rule, all that is asked for is one. The folders of one folder are clusters of their own
 * where no settings name hosts and the folders show it (decision 11); what lies beside them is one more.
 */
export async function tasksOf(
  request: FileRequest,
  settings: Settings,
  said: Said,
): Promise<readonly Task[]> {
  const { paths, workingFolder, declared, as } = request;
  const [folder = '.'] = paths;
  const isOne = paths.length > 1 || folder === '-' || as !== undefined;
  const found =
    isOne || settings.hosts.size > 0 || declared.length > 0
      ? []
      : clusterFoldersIn(folder, workingFolder, SETTINGS_NAME, localDisk);
  const clusters = said.ownSettings ? found : found.map(({ name, path }) => ({ name, path }));
  if (clusters.length === 0) return [{ request, settings: settled(settings, said) }];
  const common = settled(settings, said);
  const tasks: Task[] = [
    { request: { ...request, except: clusters.map(({ path }) => path) }, settings: common },
  ];
  for (const { name: cluster, path, ...own } of clusters) {
    const whole = { ...request, paths: [path], cluster };
    if (!('settings' in own)) {
      tasks.push({ request: whole, settings: common });
      continue;
    }
    const inner = inCluster(cluster, await loadSettings(join(path, SETTINGS_NAME), workingFolder, mistakes));
    tasks.push({ request: { ...whole, declared: inner.files }, settings: settled(inner, said) });
  }
  return tasks;
}

function settled({ hosts, target, rules, failOn }: Settings, said: Said): Task['settings'] {
  return { hosts, target: { ...target, ...said.target }, rules, failOn: said.failOn ?? failOn };
}

/** The same settings, for hosts that carry the name of their cluster. */
function inCluster(cluster: string, settings: Settings): Settings {
  const called = (host: string) => `${cluster}/${host}`;
  const calledAll = <T>(byHost: ReadonlyMap<string, T>) =>
    new Map([...byHost].map(([host, said]) => [called(host), said]));
  const { hosts, files, rules } = settings;
  return {
    ...settings,
    hosts: calledAll(hosts),
    files: files.map((each) => ({ ...each, host: called(each.host) })),
    rules: { ...rules, ...(rules.onHost && { onHost: calledAll(rules.onHost) }) },
  };
}
