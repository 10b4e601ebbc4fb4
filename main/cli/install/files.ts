import { type CronFields, parseCron, WEEKDAYS } from '../../../engine/contract/cron.ts';
import type { ScheduleDto } from '../../../engine/contract/dto/index.ts';
import {
  type CommandLine,
  crontabLine,
  shellWord,
  systemdLine,
  windowsArguments,
  xmlText,
} from './quoting.ts';

/** Files that have a machine's own timer do what a schedule's time has come for. */

const MARK = 'Written by regimen schedule install for ';

/** In each file: it may be replaced by the same command, of the same workspace. A word that no reader of these files takes for its own. */
function markOf(workspace: string): string {
  return MARK + workspace.split('/').map(encodeURIComponent).join('/');
}

/** Of which workspace a file that was written here is, as its mark has it; undefined where another program or a person wrote it. */
export function writtenFor(text: string): string | undefined {
  const [, place] = new RegExp(`${MARK}([^\\s,:]+)`).exec(text) ?? [];
  return place && decodeURIComponent(place);
}

export const INSTALL_KINDS = ['systemd', 'windows', 'crontab', 'github'] as const;
export type InstallKind = (typeof INSTALL_KINDS)[number];

export interface InstalledFile {
  /** Below the folder that files of this kind lie in. */
  readonly name: string;
  readonly text: string;
  readonly encoding: 'utf8' | 'utf16le';
}

export interface Scheduled extends Pick<ScheduleDto, 'name' | 'cron' | 'zone' | 'sentence'> {
  /** Its folder. */
  readonly workspace: string;
}

/** `command`: does what is due, and nothing where nothing is. */
export function systemdFiles(
  { name, cron, zone, sentence, workspace }: Scheduled,
  command: CommandLine,
): InstalledFile[] {
  const service = `# ${markOf(workspace)}
[Unit]
Description=Regimen: what schedule ${name} has due

[Service]
Type=oneshot
ExecStart=${systemdLine(command)}
# A model that the gate refuses is no failure.
SuccessExitStatus=2
TimeoutStartSec=infinity
Nice=10
`;
  const timer = `# ${markOf(workspace)}
[Unit]
Description=Regimen, schedule ${name}: ${sentence.replaceAll('%', '%%')}

[Timer]
${calendarOf(parseCron(cron), zone)
  .map((time) => `OnCalendar=${time}`)
  .join('\n')}
# What was missed while the machine was off is made up for.
Persistent=true
AccuracySec=1s

[Install]
WantedBy=timers.target
`;
  return [
    { name: `regimen-${name}.service`, text: service, encoding: 'utf8' },
    { name: `regimen-${name}.timer`, text: timer, encoding: 'utf8' },
  ];
}

/** As systemd.time(7) writes it. Where day of the month and of the week are both given, either is enough: a line for each. */
export function calendarOf(fields: CronFields, zone: string): string[] {
  const { minutes, hours, days, months, weekdays, isAnyDay, isAnyWeekday } = fields;
  const all = (values: readonly number[], count: number) =>
    values.length === count ? '*' : values.map(two).join();
  const time = `${all(hours, 24)}:${all(minutes, 60)}:00 ${zone}`;
  const names = weekdays.map((day) => WEEKDAYS[day]!.slice(0, 3)).join();
  const ofMonth = `*-${all(months, 12)}-${all(days, 31)} ${time}`;
  const ofWeek = `${weekdays.length === 7 ? '' : `${names} `}*-${all(months, 12)}-* ${time}`;
  if (isAnyWeekday) return [ofMonth];
  return isAnyDay ? [ofWeek] : [ofMonth, ofWeek];
}

/** A line that looks each hour: cron makes up for nothing and has no time zones, so that what is due is known here. */
export function crontabFile(
  { name, cron, sentence, workspace }: Scheduled,
  command: CommandLine,
): InstalledFile {
  const [minute] = cron.split(' ');
  const text = `# ${markOf(workspace)}: ${name}, ${sentence}; looks each hour, and makes up for what was missed
${minute} * * * * ${crontabLine(command)} >/dev/null
`;
  return { name: `regimen-${name}.crontab`, text, encoding: 'utf8' };
}

/** A task of the Task Scheduler that looks each hour, and as soon as it can where it could not. */
export function windowsFile(
  { name, cron, sentence, workspace }: Scheduled,
  { program, args }: CommandLine,
): InstalledFile {
  const [minute] = parseCron(cron).minutes;
  const text = `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>${xmlText(`${markOf(workspace)}: schedule ${name}, ${sentence}. Looks each hour whether it is due.`)}</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>PT1H</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>2026-01-01T00:${two(minute!)}:00</StartBoundary>
      <Enabled>true</Enabled>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <Enabled>true</Enabled>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>7</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${xmlText(program)}</Command>
      <Arguments>${xmlText(windowsArguments(args))}</Arguments>
    </Exec>
  </Actions>
</Task>
`;
  return { name: `regimen-${name}.xml`, text, encoding: 'utf16le' };
}

/**
 * A workflow on a machine of one's own, which has the workspace: what is due at the schedule's times, and by hand with the same options as
 * Run now.
 */
export function githubFile({ name, cron, zone, sentence, workspace }: Scheduled): InstalledFile {
  const text = `# ${markOf(workspace)}: schedule ${name}, ${sentence}
name: Regimen, schedule ${name}
on:
  schedule:
    - cron: ${JSON.stringify(cron.toUpperCase())}
      timezone: ${JSON.stringify(zone)}
  workflow_dispatch:
    inputs:
      force_retrain:
        description: Do not compare with the model in production
        type: boolean
        default: false
      optimization_trials:
        description: Search hyper-parameters in so many trials first; 0 for none
        type: number
        default: 0
      skip_validation:
        description: Ask for no test windows, thresholds and verdict
        type: boolean
        default: false
permissions:
  contents: read
concurrency:
  group: regimen-${name}
  cancel-in-progress: false
jobs:
  train:
    # The workspace is on this machine; a runner that begins empty has nothing in production.
    runs-on: self-hosted
    timeout-minutes: 4320
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 24
      - run: npm ci
      - name: What is due
        if: github.event_name == 'schedule'
        env:
          WORKSPACE: ${JSON.stringify(workspace)}
        run: npm run -s regimen -- schedule run ${name} --due --workspace "$WORKSPACE"
      - name: Run now
        if: github.event_name == 'workflow_dispatch'
        env:
          WORKSPACE: ${JSON.stringify(workspace)}
          FORCE: \${{ inputs.force_retrain && '--force' || '' }}
          TRIALS: \${{ inputs.optimization_trials > 0 && format('--trials={0}', inputs.optimization_trials) || '' }}
          SKIP: \${{ inputs.skip_validation && '--skip-validation' || '' }}
        run: npm run -s regimen -- schedule run ${name} $FORCE $TRIALS $SKIP --workspace "$WORKSPACE"
`;
  return { name: `regimen-${name}.yml`, text, encoding: 'utf8' };
}

/** How what was written begins to work. */
export function activation(kind: InstallKind, name: string, paths: readonly string[]): string {
  const [first = ''] = paths;
  switch (kind) {
    case 'systemd':
      return `systemctl --user daemon-reload && systemctl --user enable --now regimen-${name}.timer\nWithout anybody logged in: loginctl enable-linger`;
    case 'crontab':
      // The same lines stand there once, however often it is done.
      return `(crontab -l 2>/dev/null | grep -vxFf ${shellWord(first)}; cat ${shellWord(first)}) | crontab -`;
    case 'windows':
      return `schtasks /Create /TN "Regimen ${name}" /XML "${first}"`;
    case 'github':
      return 'Commit it to the default branch. It runs on a machine of your own (self-hosted runner) that has the workspace.';
  }
}

const two = (n: number) => String(n).padStart(2, '0');
