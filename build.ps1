# Entry to the build on Windows: the same commands and checks as build.sh. No param block: PowerShell would read
# options for Cake, such as -h or --configuration=Debug, as its own.
$ErrorActionPreference = 'Stop'

$help = @'
Deckhouse Mirror for MSBuild and Cake

Usage: ./build.ps1 <command> [options for Cake]

Commands:
  demo    embedded source and target; plan, pull, verify and push through MSBuild, then through Cake
  test    build the solution and run all tests; test --fast leaves out analyzers and slow tests
  pack    write the NuGet packages to artifacts/packages, each time as a new version, or as the version of
          pack --package-version=0.1.0
  sbom    pack, and write what each package contains and needs to artifacts/sbom (CycloneDX)
  build   build the solution
  bench   measure against floors and peers (docs/performance.md); bench --quick takes under 5 minutes,
          bench --micro measures parts by themselves
  clean   delete what the build made

Needed: the .NET SDK 10 and a NuGet feed. Nothing else; bench needs Linux, docker-registry and curl, too.
'@

function Stop-Build([string] $Message) {
    [Console]::Error.WriteLine($Message)
    exit 1
}

$command = if ($args.Count -gt 0) { $args[0] } else { '' }
$cakeOptions = @($args | Select-Object -Skip 1)
$target = switch -CaseSensitive -Exact ($command) {
    'demo' { 'Demo' }
    'test' { 'Test' }
    'pack' { 'Pack' }
    'sbom' { 'Sbom' }
    'build' { 'Build' }
    'bench' { 'Bench' }
    'clean' { 'Clean' }
}
if ($command -cin '', 'help', '-h', '--help') {
    Write-Output $help
    exit 0
}
if ($null -eq $target) {
    [Console]::Error.WriteLine($help)
    Stop-Build "Unknown command: $command"
}

# No ICU on small images; English, because the runner's total is read from its output.
$env:DOTNET_SYSTEM_GLOBALIZATION_INVARIANT = '1'
$env:DOTNET_CLI_UI_LANGUAGE = 'en'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'

$status = 0
Push-Location $PSScriptRoot
try {
    if (-not (Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue)) {
        Stop-Build "The .NET SDK 10 is needed, and 'dotnet' is not on the PATH. Get it from https://dot.net."
    }

    # A native program's error stream must not become an exception in Windows PowerShell.
    $ErrorActionPreference = 'Continue'
    $sdk = (& dotnet --version 2>&1 | Out-String).Trim()
    if ($LASTEXITCODE -ne 0 -or -not $sdk.StartsWith('10.')) {
        Stop-Build "The .NET SDK 10 is needed (see global.json). 'dotnet --version' says: $sdk"
    }

    $restored = (& dotnet tool restore 2>&1 | Out-String).Trim()
    if ($LASTEXITCODE -ne 0) {
        Stop-Build (@(
            'Packages cannot be restored: no NuGet feed answers with them.'
            "Check the network, the proxy variables and 'dotnet nuget list source'; " +
                'an offline machine needs a feed of its own.'
            "'dotnet tool restore' said:"
            $restored
        ) -join [Environment]::NewLine)
    }

    $summary = 'artifacts/test-summary.txt'
    if ($target -eq 'Test') {
        Remove-Item $summary -ErrorAction SilentlyContinue
    }
    & dotnet cake build/build.cake "--target=$target" @cakeOptions
    $status = $LASTEXITCODE

    # The runner's own total comes last, below Cake's table of tasks.
    if ($target -eq 'Test' -and (Test-Path $summary)) {
        Get-Content $summary
    }
}
finally {
    Pop-Location
}
exit $status
