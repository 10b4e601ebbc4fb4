import type { TrackingDto } from '../../../engine/contract/dto/index.ts';
import { trackingText } from '../render/tracking.ts';
import { type CliCommand, methodCommand } from './command.ts';

export const trackingCommands: readonly CliCommand[] = [
  methodCommand(
    'tracking status',
    'tracking.status',
    'what an MLflow server is told of the workspace, and what waits',
    [],
    trackingText,
  ),
  methodCommand(
    'tracking send',
    'tracking.send',
    'send what waits to the MLflow server now',
    [],
    (tracking: TrackingDto) => `All is sent.\n${trackingText(tracking)}`,
  ),
];
