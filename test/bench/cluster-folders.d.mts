export function clusterFolders(count: number, seed: number): Record<string, string>;
