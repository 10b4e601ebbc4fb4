@"%~dp0node.exe" "%~dp0node_modules\regimen\main\launch\regimen.mjs" %*
