// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { apiInputs } from '../../engine/contract/api/index.ts';
import { show, standInHost } from '../testing/render.tsx';
import { NewTarget } from './new-target.tsx';

async function choose(list: string, option: string) {
  await userEvent.click(screen.getByRole('combobox', { name: list }));
  await userEvent.click(await screen.findByRole('option', { name: option }));
}

/** What is asked for once the form is sent. */
async function wish(fill: () => Promise<void>) {
  const asked = standInHost();
  show(<NewTarget />);
  await userEvent.type(screen.getByRole('textbox', { name: /^Name/ }), 'phone');
  await fill();
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  const [call] = asked;
  expect(call!.method).toBe('alert.add');
  expect(apiInputs['alert.add'].safeParse(call!.input).success).toBe(true);
  return call!.input;
}

it('asks for a webhook with a message of its own, for markets and events', async () => {
  const input = await wish(async () => {
    await choose('Where to', 'Webhook');
    await choose('Whose messages', 'slack');
    await userEvent.clear(screen.getByRole('textbox', { name: /^Address/ }));
    await userEvent.type(screen.getByRole('textbox', { name: /^Address/ }), 'https://hooks.slack.com/x');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Write the message myself' }));
    const message = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
    // What the relay takes is where one begins.
    expect(message.value).toBe('{"text": "*{{title}}*\\n{{text}}"}');
    await userEvent.clear(message);
    await userEvent.type(message, '{{"text": "{{{{title}}"}');
    await userEvent.type(screen.getByRole('combobox', { name: 'Markets' }), 'EURUSD H1{Enter}');
    await choose('Events', 'Data late');
  });
  expect(input).toEqual({
    name: 'phone',
    kind: 'webhook',
    url: 'https://hooks.slack.com/x',
    preset: 'slack',
    body: '{"text": "{{title}}"}',
    markets: ['EURUSD H1'],
    events: ['data-late'],
    details: false,
  });
});

it('asks for a file, and for nothing of a webhook', async () => {
  const input = await wish(() => choose('Where to', 'File'));
  expect(input).toEqual({
    name: 'phone',
    kind: 'file',
    file: 'alerts.jsonl',
    markets: [],
    events: [],
    details: false,
  });
});
