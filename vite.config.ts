import { defineConfig } from 'vite';
import electronViteConfig from './electron.vite.config.ts';

/** The renderer alone: the window's part of electron.vite.config.ts, for a browser. */
export default defineConfig({ ...electronViteConfig.renderer });
