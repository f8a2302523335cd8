import { Module } from '@nestjs/common';
import { MergesService } from './merges.service.ts';
import { PeopleService } from './people.service.ts';

@Module({ providers: [PeopleService, MergesService], exports: [PeopleService, MergesService] })
export class PeopleModule {}
