/** A mistake for one template: what is written in the place of what, and the rule that has to find it. */
export interface Mistake {
  readonly in: string;
  readonly write: string;
  readonly insteadOf: string;
  readonly rule: string;
}

function mistake(file: string, insteadOf: string, write: string, rule: string): Mistake {
  return { in: file, insteadOf, write, rule };
}

/** One mistake at least for each template, each in a part that no rendering changes. */
export const mistakes: readonly Mistake[] = [
  mistake('jinja/a-pair-keepalived.conf.j2', 'advert_int 1', 'advert_init 1', 'syntax/unknown-keyword'),
  mistake('jinja/services-loop-keepalived.conf.j2', 'lb_kind DR', 'lb_knd DR', 'syntax/unknown-keyword'),
];
