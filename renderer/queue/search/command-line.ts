import { quoted } from '../shell-word.ts';

/** Name of the file that a search is saved as: `My search` -> `my-search.SEARCH.yaml`. */
export function searchFileName(name = ''): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return slug === '' ? 'SEARCH.yaml' : `${slug}.SEARCH.yaml`;
}

/** The same search for a terminal: writes its SEARCH.yaml, and works on it. */
export function commandLine(yaml: string, file: string, workspace: string | undefined): string {
  const words = ['npm', 'run', '-s', 'regimen', '--', 'search', file];
  if (workspace !== undefined) words.push('--workspace', workspace);
  words.push('--best', 'best_hyperparameters.json');
  return `cat > ${quoted(file)} <<'YAML'\n${yaml.trimEnd()}\nYAML\n${words.map(quoted).join(' ')}\n`;
}
