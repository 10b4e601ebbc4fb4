import { describeTrainer } from './testing/contract.ts';
import { createWireTrainer } from './testing/wire-trainer.ts';

describeTrainer('all that crosses it is made text and bytes', createWireTrainer);
