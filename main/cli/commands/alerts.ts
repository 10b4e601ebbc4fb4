import { addedText, alertsText } from '../render/alerts.ts';
import { type CliCommand, methodCommand } from './command.ts';

export const alertCommands: readonly CliCommand[] = [
  methodCommand(
    'alert list',
    'alert.list',
    'list who is told of what, and what could not be sent',
    [],
    alertsText,
  ),
  methodCommand(
    'alert add',
    'alert.add',
    'tell a webhook, a file or this desktop of changes',
    ['name'],
    addedText,
  ),
  methodCommand(
    'alert test',
    'alert.test',
    'send a message that says it is a test',
    ['name'],
    () => 'It has arrived.',
  ),
  methodCommand('alert retry', 'alert.retry', 'try again what was given up', [], ({ waiting }) =>
    waiting === 0 ? 'Nothing waits.' : `${waiting} ${waiting === 1 ? 'alert is' : 'alerts are'} tried again.`,
  ),
  methodCommand('alert remove', 'alert.remove', 'tell somebody no more', ['name'], ({ removed }) =>
    removed ? 'It is told no more.' : 'There is no such target.',
  ),
];
