#!/usr/bin/env node
import '../dist/foxden.mjs';
