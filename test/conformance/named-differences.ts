/** A file of the corpus where tool and keepalived 2.2.7 differ, and why that is no mistake to mend. */
export interface NamedDifference {
  /** The file's name begins so. */
  readonly file: string;
  readonly says: 'the tool alone' | 'keepalived alone';
  readonly reason: string;
}

const NAMESPACE =
  'it names a network namespace that the machine does not have: keepalived reads the lines and never puts them together';

/** Every difference between the verdicts; the test fails on one that is not here, and on one here that is gone. */
export const NAMED_DIFFERENCES: readonly NamedDifference[] = [
  { file: '175-', says: 'the tool alone', reason: NAMESPACE },
  { file: '414-', says: 'the tool alone', reason: NAMESPACE },
  { file: '420-', says: 'the tool alone', reason: NAMESPACE },
  { file: '582-', says: 'the tool alone', reason: NAMESPACE },
  {
    file: '486-',
    says: 'the tool alone',
    reason: 'keepalived refuses fe80::000::1 too; the manifest takes that message for one about the resolver',
  },
  {
    file: '744-',
    says: 'keepalived alone',
    reason:
      'interface_up_down_delays names an interface that only a running instance makes: the machine decides',
  },
  {
    file: '839-',
    says: 'keepalived alone',
    reason: 'this build has no iptables and takes vrrp_iptables for nftables, which then stands twice',
  },
  {
    file: '918-',
    says: 'keepalived alone',
    reason: 'the members of its group stand in included files that are not there: unknown is not absent',
  },
];
