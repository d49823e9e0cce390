import type { RelatedPlace } from '../evidence/place.ts';
import type { Finding, NotJudged, Severity, Verdict } from '../judge/finding.ts';
import { compareFindings } from '../judge/order.ts';
import { ruleOnHosts, type SettingsOfRules } from '../judge/rule-settings.ts';
import { hostsJudged } from './judged-outcomes.ts';
import { type OutcomeId, outcomes } from './outcomes.ts';
import type { Timeline } from './timeline.ts';
import { textOfTimeline } from './timeline-text.ts';

/** What a judge says of a timeline, before settings and places of the configuration are known. */
export interface Told {
  readonly outcome: OutcomeId;
  /** The host whose operator has to act. */
  readonly host: string;
  /** What it is about, stable from run to run: a service's key, an instance. */
  readonly subject: string;
  /** Present tense, names the value, no full stop. */
  readonly message: string;
  /** The moment that shows it best, by its number in the timeline. */
  readonly moment: number;
  readonly related?: readonly { readonly moment: number; readonly message: string }[];
  readonly severity?: Severity;
}

/** All that a judge makes of a timeline. What it cannot judge, it says under the name of what it would have found. */
export interface Judgement {
  readonly told: readonly Told[];
  readonly notJudged: readonly (Omit<NotJudged, 'rule'> & { readonly rule: OutcomeId })[];
  /** Facts that are neither: expected and seen, for the reader. */
  readonly notes: readonly string[];
}

/** A timeline, what reports call it, and what was made of it. */
export interface JudgedTimeline {
  readonly name: string;
  readonly timeline: Timeline;
  readonly judgement: Judgement;
}

/** Turns what judges said into the verdict that all reporters print; `configured` gives the places that explain a subject. */
export function verdictOf(
  judged: readonly JudgedTimeline[],
  settings: SettingsOfRules,
  configured: (subject: string) => readonly RelatedPlace[] = () => [],
): Verdict {
  const findings = judged.flatMap(({ name, timeline, judgement }) =>
    judgement.told.flatMap((told): Finding[] => {
      const mistake = outcomes.find(({ id }) => id === told.outcome);
      if (mistake === undefined) return [];
      const { severity: wanted } = ruleOnHosts(mistake, settings)({ name: told.host });
      if (wanted === 'off') return [];
      const text = textOfTimeline(timeline, name, told.host);
      const seen = (told.related ?? []).map(({ moment, message }) => ({ at: text.placeOf(moment), message }));
      return [
        {
          rule: told.outcome,
          severity: wanted ?? told.severity ?? mistake.severity,
          host: told.host,
          message: told.message,
          at: text.placeOf(told.moment),
          related: [...seen, ...configured(told.subject)],
          why: mistake.why,
          remedy: mistake.remedy,
          subject: told.subject,
          also: [],
        },
      ];
    }),
  );
  return {
    findings: findings.sort(compareFindings),
    ignored: [],
    notJudged: judged.flatMap(({ judgement }) => judgement.notJudged),
    judged: hostsJudged(judged),
    gaps: [],
    broken: [],
  };
}
