import { buildCluster } from '../model/build.ts';
import type { Timeline } from '../verify/timeline.ts';
import { mistakes } from './catalogue.ts';
import { EXIT, type ExitCode, WrongUse } from './exit.ts';
import { outputsOf, type ReportArguments } from './reports.ts';
import { loadSettings } from './settings.ts';
import type { Terminal } from './terminal.ts';
import { conclude } from './verify.ts';
import { readWorkingCopy } from './working-copy.ts';
