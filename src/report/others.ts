import { checkstyle } from './checkstyle.ts';
import type { Reporter } from './context.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { diagnosisHtml, html } from './html/report.ts';
import { verificationHtml } from './html/verification.ts';
import { junit } from './junit.ts';
import type { Format, OtherFormats } from './reporter.ts';
import { sarif } from './sarif/log.ts';

/** What other programs take. Most of them know findings only, whether files, running hosts or tests were judged. */
export const others: OtherFormats = {
  sarif: alike(sarif),
  junit: alike(junit),
  github: alike(github),
  gitlab: alike(gitlab),
  checkstyle: alike(checkstyle),
  html: { lint: html, diagnose: diagnosisHtml, verify: verificationHtml },
};

function alike(reporter: Reporter): Format {
  return { lint: reporter, diagnose: reporter, verify: reporter };
}
